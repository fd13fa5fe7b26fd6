using AtomicPay.Scanner.Images.Recognition;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>Sees that a line may hold a key although none can be made out: its beginning, or the name of a setting that holds one.</summary>
internal static class KeyHint
{
    public static bool IsIn(TextLine line)
    {
        var text = string.Concat(line.Symbols.Select(static symbol => symbol.Character));
        return text.Contains("atp", StringComparison.Ordinal)
            || text.Contains("tpay", StringComparison.OrdinalIgnoreCase)
            || text.Contains("pay_", StringComparison.OrdinalIgnoreCase)
            || text.Contains("AtomicPay(", StringComparison.OrdinalIgnoreCase)
            || text.Contains("key=", StringComparison.OrdinalIgnoreCase);
    }
}
