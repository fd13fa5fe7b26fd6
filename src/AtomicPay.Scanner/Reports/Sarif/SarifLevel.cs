using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Reports.Sarif;

/// <summary>The SARIF names of the severities.</summary>
internal static class SarifLevel
{
    public static string Of(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
