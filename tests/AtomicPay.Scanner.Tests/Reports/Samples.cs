using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Tests.Reports;

/// <summary>Findings to report. Keys are made while the tests run, so that none lies in the repository.</summary>
internal static class Samples
{
    public static Rule KeyRule { get; } = RuleSet.Default.Rules[0];

    public static ObjectId FirstCommit { get; } = ObjectId.Parse("4f1c2d9" + new string('0', 33));

    public static ObjectId RemovingCommit { get; } = ObjectId.Parse("a81b03e" + new string('1', 33));

    public static string Key(int seed)
    {
        var random = new Random(seed);
        return "atpay_" + random.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 32);
    }

    public static Secret Secret(int seed = 1) => new(Key(seed), "atpay_");

    public static Exposure Removed { get; } = new(
        FirstCommit, new DateTimeOffset(2026, 3, 2, 23, 30, 0, TimeSpan.FromHours(-3)), InHead: false, ["refs/heads/main"], RemovingCommit);

    public static Place Text(string path, int line = 3, PlaceKind kind = PlaceKind.Worktree, Exposure? exposure = null, params string[] decodedBy) =>
        new(path, kind, new Region(line, 13, line, 51, 40, 38), Picture: null, [.. decodedBy], exposure, 1);

    public static Place Picture(string path, double confidence = 0.8349, int candidates = 3) =>
        new(path, PlaceKind.Worktree, Region: null, new PictureRegion(120, 66, 412, 18, candidates), [], Exposure: null, confidence);

    public static Finding Finding(Place place, Secret? secret = null, params Place[] others) =>
        new(KeyRule, secret ?? Secret(), place, [.. others]);

    public static ScanResult Result(params Finding[] findings) => new(
        ".", [.. findings], [], new ScanCounts(1204, 58113, 14, 1_288_490_189), TimeSpan.FromSeconds(3.42), Interrupted: false);

    public static string Sarif(ScanResult result) => Written(new Scanner.Reports.Sarif.SarifReport(), result, ReportStyle.Plain);

    public static string Written(IReportFormat format, ScanResult result, ReportStyle style)
    {
        using var stream = new MemoryStream();
        format.Write(result, style, stream);
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(stream.ToArray());
    }
}
