namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>The content, or what a run of it becomes when an encoding is undone; decoded where it is looked at, and no further.</summary>
/// <remarks>The content is handed to every call because a span cannot be kept. Index 0 of a decoded layer is its anchor.</remarks>
internal abstract class Layer
{
    /// <summary>What reports call the encoding; empty for the content itself.</summary>
    public abstract string Name { get; }

    /// <summary>The layer that this one decodes; null for the content itself.</summary>
    public virtual Layer? Outer => null;

    /// <summary>The character or byte at an index, which may be negative; -1 where there is none.</summary>
    public abstract int At(ReadOnlySpan<byte> content, int index);

    /// <summary>Where in the content, in bytes, the element begins.</summary>
    public abstract int StartOf(int index);

    /// <summary>Where in the content, in bytes, the element ends.</summary>
    public abstract int EndOf(int index);

    /// <summary>Puts one more encoding on top, whose run shows its anchor at <paramref name="index"/>.</summary>
    public Layer Decode(ReadOnlySpan<byte> content, int index, Step step) => step.Encoding switch
    {
        Encoding.Base64 => new Base64Layer(this, index, step.Alignment),
        Encoding.Hex when step.Separator == Step.Blank && HexDumpLayer.Of(this, content, index, step) is { } dump => dump,
        Encoding.Hex or Encoding.Decimal or Encoding.Characters => new ListLayer(this, index, step),
        Encoding.Utf16 => WideLayer.Utf16(this, content, index),
        Encoding.Utf32 => WideLayer.Utf32(this, content, index),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };
}
