namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>One character of a list, as it stands in the layer that holds the list.</summary>
/// <param name="Start">The index of its first digit.</param>
/// <param name="End">The index after its last digit.</param>
/// <param name="Value">The character; -1 when this is none.</param>
internal readonly record struct ListElement(int Start, int End, int Value)
{
    public static ListElement None { get; } = new(-1, -1, -1);
}
