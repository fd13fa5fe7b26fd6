namespace AtomicPay.Scanner.Config;

/// <summary>A report that the user asked for: its format, and the file it goes to; null for standard output.</summary>
internal sealed record ReportTarget(string Format, string? File)
{
    /// <summary>Reads <c>FORMAT</c> or <c>FORMAT=FILE</c>.</summary>
    public static ReportTarget Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new ReportTarget(text, null) : new ReportTarget(text[..equals], text[(equals + 1)..]);
    }
}
