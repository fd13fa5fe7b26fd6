namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>The content as it is.</summary>
internal sealed class ContentLayer : Layer
{
    private ContentLayer()
    {
    }

    public static ContentLayer Instance { get; } = new();

    public override string Name => "";

    public override int At(ReadOnlySpan<byte> content, int index) =>
        (uint)index < (uint)content.Length ? content[index] : -1;

    public override int StartOf(int index) => index;

    public override int EndOf(int index) => index + 1;
}
