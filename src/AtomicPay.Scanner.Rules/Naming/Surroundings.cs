using AtomicPay.Scanner.Rules.Decoding;

namespace AtomicPay.Scanner.Rules.Naming;

/// <summary>The text around a place, as far as it may say something about a key there.</summary>
internal readonly ref struct Surroundings
{
    /// <summary>The most characters to either side.</summary>
    public const int Reach = 600;

    private readonly int _first;

    /// <summary>Copies the characters around <paramref name="index"/> into a buffer of twice <see cref="Reach"/>.</summary>
    public Surroundings(ReadOnlySpan<byte> content, Layer layer, int index, Span<char> buffer)
    {
        var first = index;
        while (index - first < Reach && layer.At(content, first - 1) >= 0)
        {
            first--;
        }

        var length = 0;
        while (length < index - first + Reach && layer.At(content, first + length) is >= 0 and var c)
        {
            buffer[length++] = c <= char.MaxValue ? (char)c : '\uFFFD';
        }

        _first = first;
        Layer = layer;
        Text = buffer[..length];
        Place = index - first;
    }

    public Layer Layer { get; }

    public ReadOnlySpan<char> Text { get; }

    /// <summary>Where in the text the place is.</summary>
    public int Place { get; }

    /// <summary>The index in the layer of a character of the text.</summary>
    public int IndexOf(int at) => _first + at;
}
