using System.Text;
using System.Text.RegularExpressions;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Cli;

/// <summary>
/// Keys from standard input: pasted, or in whatever text they come in. Never from an argument, which every user of the machine
/// can see and every shell remembers.
/// </summary>
internal static partial class KeyInput
{
    private const int MostBytes = 1 << 20;

    /// <summary>The keys as findings in standard input; null when there are none.</summary>
    public static ScanResult? Read()
    {
        var text = Console.IsInputRedirected ? ReadAll() : Ask();
        var matches = new List<RuleMatch>();
        RuleSet.Default.FindMatches(text, matches);
        var rule = RuleSet.Default.Rules[0];
        // Who gives a line that is nothing but a key means it, also where a scan would take it for a placeholder.
        var keys = matches.Where(m => m.Rule == rule).Select(m => m.Key)
            .Concat(Line().Matches(Encoding.UTF8.GetString(text)).Select(m => m.Groups[1].Value))
            .Distinct()
            .Select(key => new Secret(key, rule.PrefixOf(key)))
            .ToList();
        var place = new Place("-", PlaceKind.Worktree, Region: null, Picture: null, [], Exposure: null, Confidence: 1);
        return keys.Count == 0
            ? null
            : new ScanResult("-", [.. keys.Select(key => new Finding(rule, key, place, []))], [], default, TimeSpan.Zero, Interrupted: false);
    }

    private static byte[] ReadAll()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[MostBytes];
        var length = input.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..length];
    }

    private static byte[] Ask()
    {
        Console.Error.Write("Paste the key (it is not shown), then press Enter: ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } pressed)
        {
            if (pressed.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (typed.Length < MostBytes)
            {
                typed.Append(pressed.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return Encoding.UTF8.GetBytes(typed.ToString());
    }

    [GeneratedRegex("""^[\s"']*(atpay_[A-Za-z0-9_-]{16,140})[\s"']*$""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
