namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>Undoes hexadecimal digits without separators.</summary>
internal sealed class HexLayer(Layer outer, int anchor) : Layer
{
    public override string Name => "hex";

    public override Layer Outer => outer;

    public override int At(ReadOnlySpan<byte> content, int index)
    {
        var high = Digits.Hex(outer.At(content, anchor + (2 * index)));
        var low = Digits.Hex(outer.At(content, anchor + (2 * index) + 1));
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    public override int StartOf(int index) => outer.StartOf(anchor + (2 * index));

    public override int EndOf(int index) => outer.EndOf(anchor + (2 * index) + 1);
}
