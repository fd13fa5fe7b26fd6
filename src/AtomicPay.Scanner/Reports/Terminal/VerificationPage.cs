using AtomicPay.Scanner.Findings;
using Spectre.Console;

namespace AtomicPay.Scanner.Reports.Terminal;

/// <summary>What the API said of keys, and nothing else.</summary>
internal static class VerificationPage
{
    public static void Write(ScanResult result, ReportStyle style, Stream output)
    {
        using var page = new TerminalPage(output, style);
        var redaction = new Redaction(result);
        foreach (var key in KeyGroup.Of(result))
        {
            page.BeginSection();
            page.Line((DisplayText.Line(key.Secret.Redacted), new Style(decoration: Decoration.Bold)), ($"  {redaction.Show(key.Rule.Name)}", Style.Plain));
            KeyLines.Write(page, key, redaction);
        }
    }
}
