using System.Text.RegularExpressions;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Cli;

/// <summary>One sentence on standard error about what went wrong. A key that was typed where none belongs is not repeated.</summary>
internal static partial class Complaint
{
    public static void Write(string message) => Console.Error.WriteLine($"atomicpay-scan: {Mask(message)}");

    public static string Mask(string text) => DisplayText.Line(Key().Replace(MaskedText.Of(RuleSet.Default, text), "atpay_…"));

    [GeneratedRegex("atpay_[A-Za-z0-9_-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
