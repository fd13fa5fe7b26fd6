using System.Globalization;
using System.Text;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports.Html;

/// <summary>
/// One self-contained page for people without a terminal habit: the keys, how long each lay open, what to do. It has no script,
/// loads nothing, and says so to the browser.
/// </summary>
internal sealed class HtmlReport : IReportFormat
{
    /// <summary>A page with more would be slow to open; the reports for programs list them all.</summary>
    private const int MaxKeys = 500;
    private const int MaxSkipped = 500;

    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

    private static readonly Lazy<string> _styles = new(() =>
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    });

    public string Name => "html";

    public string Purpose => "one self-contained page for people, with a time line of each key";

    public bool ShowsPictures => true;

    public void Write(ScanResult result, ReportStyle style, Stream output)
    {
        var redaction = new Redaction(result);
        var keys = KeyGroup.Of(result);
        var title = Title(result, keys.Count);
        using var page = new HtmlPage(output);
        page.Element("html", [("lang", "en")], () =>
        {
            WriteHead(page, title);
            page.Break();
            page.Element("body", () =>
            {
                page.Element("a", "Skip to the keys", ("class", "skip"), ("href", "#report"));
                WriteHeader(page, result, keys, title, redaction);
                page.Element("main", [("id", "report")], () =>
                {
                    WriteContents(page, keys, redaction);
                    var section = new KeySection(page, redaction);
                    for (var i = 0; i < Math.Min(keys.Count, MaxKeys); i++)
                    {
                        section.Write(keys[i], i + 1, keys.Count);
                    }

                    if (keys.Count > MaxKeys)
                    {
                        page.Element("p", string.Create(CultureInfo.InvariantCulture, $"… and {keys.Count - MaxKeys:N0} more keys: the other report formats list them all."), ("class", "more"));
                    }

                    WriteSuppressed(page, result, redaction);
                    WriteSkipped(page, result, redaction);
                });
                page.Break();
                page.Element("footer", () => page.Element("p", $"Written by AtomicPay.Scanner {ProductVersion.Text}. No key stands in this page: each is shown by its first characters and its SHA-256."));
            });
        });
        page.Break();
    }

    private static string Title(ScanResult result, int keys) => keys switch
    {
        0 when result.IsComplete => "No leaked key",
        0 => "No leaked key in what could be scanned",
        _ => Counted.Of(keys, "leaked key"),
    };

    private static void WriteHead(HtmlPage page, string title) => page.Element("head", () =>
    {
        page.Void("meta", ("charset", "utf-8"));
        page.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        page.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
        page.Void("meta", ("name", "referrer"), ("content", "no-referrer"));
        page.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", ContentSecurityPolicy));
        page.Element("title", $"{title} · AtomicPay.Scanner");
        page.Style(_styles.Value);
    });

    private static void WriteHeader(HtmlPage page, ScanResult result, IReadOnlyList<KeyGroup> keys, string title, Redaction redaction)
    {
        var state = result.Findings.IsEmpty ? result.IsComplete ? "clean" : "incomplete" : "leak";
        page.Element("header", [("class", state)], () =>
        {
            page.Element("p", $"{ScopeWords(result.Scope)} of {redaction.Show(NameOf(result.Root))}", ("class", "scope"));
            page.Element("h1", title);
            WriteGravities(page, keys);
            page.Element("p", $"{SummaryLine.Scanned(result.Counts)}, {Counted.Size(result.Counts.Bytes)}");
            if (result.Interrupted)
            {
                page.Element("p", "The scan was interrupted before its end; this is what it found until then.", ("class", "warning"));
            }

            if (!result.Skipped.IsEmpty)
            {
                page.Element("p", [("class", "warning")], () =>
                {
                    page.Text("Not everything could be scanned: ");
                    page.Element("a", Counted.Of(result.Skipped.Length, "thing"), ("href", "#not-scanned"));
                    page.Text(" could not be read.");
                });
            }
        });
        page.Break();
    }

    /// <summary>How many keys are how grave, the gravest first.</summary>
    private static void WriteGravities(HtmlPage page, IReadOnlyList<KeyGroup> keys)
    {
        if (keys.Count == 0)
        {
            return;
        }

        page.Element("ul", [("class", "badges")], () =>
        {
            foreach (var gravity in keys.GroupBy(key => key.Gravity.Name).OrderByDescending(group => group.Max(key => key.Gravity.Score)))
            {
                page.Element("li", string.Create(CultureInfo.InvariantCulture, $"{gravity.Count():N0} {gravity.Key}"), ("class", gravity.Key));
            }
        });
    }

    /// <summary>Only the last part: a report travels, and where the reporter's folders lie is nobody's business.</summary>
    private static string NameOf(string root) => root == "-" ? "standard input" : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))) is { Length: > 0 } name ? name : "the file system";

    private static string ScopeWords(ScanScope scope) => scope switch
    {
        ScanScope.Worktree => "Scan of the working files",
        ScanScope.History => "Scan of the history",
        ScanScope.Staged => "Scan of what is staged",
        ScanScope.Range => "Scan of a range of commits",
        _ => "Scan",
    };

    private static void WriteContents(HtmlPage page, IReadOnlyList<KeyGroup> keys, Redaction redaction)
    {
        if (keys.Count < 2)
        {
            return;
        }

        var words = new PlaceWords(redaction);
        page.Element("nav", [("aria-labelledby", "keys-title")], () =>
        {
            page.Element("h2", "The keys", ("id", "keys-title"));
            page.Element("ol", () =>
            {
            for (var i = 0; i < Math.Min(keys.Count, MaxKeys); i++)
            {
                var (key, number) = (keys[i], i + 1);
                page.Element("li", () =>
                {
                    page.Element("a", [("href", $"#key-{number}")], () => page.Element("code", DisplayText.Line(key.Secret.Redacted)));
                    page.Element("span", key.Gravity.Name, ("class", $"gravity {key.Gravity.Name}"));
                    page.Element("span", $"{words.Path(key.Places[0])}{(key.PlaceCount > 1 ? $" and {Counted.Of(key.PlaceCount - 1, "more place")}" : "")}", ("class", "where"));
                });
            }
            });
        });
        page.Break();
    }

    private static void WriteSuppressed(HtmlPage page, ScanResult result, Redaction redaction)
    {
        if (result.SuppressedCount == 0 && result.Warnings.IsEmpty)
        {
            return;
        }

        var words = new PlaceWords(redaction);
        page.Element("section", [("aria-labelledby", "allowed-title")], () =>
        {
            page.Element("h2", string.Create(CultureInfo.InvariantCulture, $"Allowed ({result.SuppressedCount:N0})"), ("id", "allowed-title"));
            page.Element("p", "Somebody has allowed these; they are keys all the same.");
            page.Element(result.Suppressed.IsEmpty ? "div" : "ul", [("class", "places")], () =>
            {
                foreach (var (finding, suppression) in result.Suppressed.Take(MaxSkipped))
                {
                    page.Element("li", () =>
                    {
                        page.Element("code", words.Clickable(finding.Place));
                        page.Element("span", $"{DisplayText.Line(finding.Secret.Redacted)} {redaction.Show(suppression.ToString())}");
                    });
                }
            });
            foreach (var warning in result.Warnings)
            {
                page.Element("p", redaction.Show(warning), ("class", "warning"));
            }
        });
        page.Break();
    }

    private static void WriteSkipped(HtmlPage page, ScanResult result, Redaction redaction)
    {
        if (result.Skipped.IsEmpty)
        {
            return;
        }

        page.Element("section", [("id", "not-scanned"), ("aria-labelledby", "not-scanned-title")], () =>
        {
            page.Element("h2", string.Create(CultureInfo.InvariantCulture, $"Not scanned ({result.Skipped.Length:N0})"), ("id", "not-scanned-title"));
            page.Element("p", "A key may lie in these; nobody looked.");
            page.Element("ul", [("class", "places")], () =>
            {
                foreach (var skipped in result.Skipped.Take(MaxSkipped))
                {
                    page.Element("li", () =>
                    {
                        page.Element("code", redaction.Show(skipped.Origin.ToString()));
                        page.Element("span", redaction.ShowReason(skipped.Reason));
                    });
                }
            });
            if (result.Skipped.Length > MaxSkipped)
            {
                page.Element("p", string.Create(CultureInfo.InvariantCulture, $"… and {result.Skipped.Length - MaxSkipped:N0} more: the other report formats list them all."), ("class", "more"));
            }
        });
    }
}
