using System.Collections.Immutable;
using System.Globalization;

namespace AtomicPay.Scanner.Config;

/// <summary>
/// What a configuration file may say. Another section is another case here, another name in <see cref="Names"/> and another
/// property in the schema that lies beside this file.
/// </summary>
internal static class ConfigurationFile
{
    /// <summary>The file that a scan looks for at the root of a repository.</summary>
    public const string Name = "atomicpay-scan.json";

    private const long MostBytes = 1L << 50;

    /// <summary>
    /// What a file that the scan found in the repository may hold. Whoever can write to the repository, a stranger's pull request
    /// included, wrote it, so it only says what need not be reported, which is then counted and listed.
    /// </summary>
    public static ImmutableArray<string> NamesInRepository { get; } = ["$schema", "allow", "baseline"];

    /// <summary>What a file that the user names may hold.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. NamesInRepository, "allowComments", "include", "exclude", "images", "archives", "archiveLimits", "rules", "failOn", "allowIncomplete", "jobs", "cache", "api",
    ];

    public static ImmutableArray<string> NamesOfAllowEntries { get; } = ["paths", "keys", "rules", "reason", "expires"];

    public static ImmutableArray<string> NamesOfApi { get; } = ["url", "auth", "paths", "timeout", "proxy"];

    public static ImmutableArray<string> NamesOfArchiveLimits { get; } = ["depth", "members", "totalBytes", "memberBytes"];

    /// <exception cref="ConfigurationException">It is not JSON, or says what is not known.</exception>
    public static ScanSettings Parse(ConfigurationText file)
    {
        var settings = new ScanSettings();
        foreach (var (name, value) in ConfigurationValue.Parse(file).Members(Names))
        {
            if (file.IsFound && !NamesInRepository.Contains(name))
            {
                throw value.Error($"'{name}' counts only in a file that you name: --config {Name}. One that lies in the repository can only say what is not reported.");
            }

            settings = name switch
            {
                "allow" => settings with { Allow = [.. value.Items().Select(ReadAllowEntry)] },
                "baseline" => settings with { Baseline = ReadBaseline(value, file) },
                "allowComments" => settings with { AllowComments = value.Flag() },
                "include" => settings with { Include = ReadGlobs(value) },
                "exclude" => settings with { Exclude = ReadGlobs(value) },
                "images" => settings with { Images = value.Flag() },
                "archives" => settings with { Archives = value.Flag() },
                "archiveLimits" => settings with { ArchiveLimits = ReadArchiveLimits(value) },
                "rules" => settings with { Rules = [.. value.Texts().Select(t => Path.Combine(file.Folder, t))] },
                "failOn" => settings with { FailOn = FailOnName.Parse(value.Text()) ?? throw value.Error($"Here stands one of: {string.Join(", ", FailOnName.All)}.") },
                "allowIncomplete" => settings with { AllowIncomplete = value.Flag() },
                "jobs" => settings with { Jobs = (int)value.Number(1, ScanOptions.MostJobs) },
                "cache" => settings with { Cache = value.Flag() },
                "api" => settings with { Api = ReadApi(value, file) },
                _ => settings,
            };
        }

        return settings;
    }

    private static AllowEntry ReadAllowEntry(ConfigurationValue value)
    {
        var entry = new AllowEntry { Reason = "", Source = value.Source };
        foreach (var (name, member) in value.Members(NamesOfAllowEntries))
        {
            entry = name switch
            {
                "paths" => entry with { Paths = ReadGlobs(member) },
                "keys" => entry with { Keys = [.. member.Items().Select(ReadKeyHash)] },
                "rules" => entry with { Rules = member.Texts() },
                "reason" => entry with { Reason = member.Text() },
                _ => entry with { Expires = ReadDate(member) },
            };
        }

        return entry switch
        {
            { Reason.Length: 0 } => throw value.Error("An allowlist entry needs a 'reason': who reads it next year will not know."),
            { Paths.IsEmpty: true, Keys.IsEmpty: true, Rules.IsEmpty: true } => throw value.Error("An allowlist entry needs 'paths', 'keys' or 'rules'; this one would allow everything."),
            _ => entry,
        };
    }

    private static ImmutableArray<string> ReadGlobs(ConfigurationValue value) => [.. value.Items().Select(i => IsInside(i.Text())
        ? i.Text()
        : throw i.Error("A glob is relative to the root of the repository and stays in it: docs/**/*.md, **/testdata/**."))];

    private static string ReadKeyHash(ConfigurationValue value) =>
        value.Text() is { Length: 64 } text && text.All(char.IsAsciiHexDigit)
            ? text.ToLowerInvariant()
            : throw value.Error("Here stands a key's SHA-256, 64 hexadecimal digits as --verbose shows them; never the key.");

    private static DateOnly ReadDate(ConfigurationValue value) =>
        DateOnly.TryParseExact(value.Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw value.Error("Here stands a date: \"2027-01-31\".");

    private static BaselineFile ReadBaseline(ConfigurationValue value, ConfigurationText file)
    {
        if (!file.IsFound)
        {
            return new BaselineFile(Path.Combine(file.Folder, value.Text()), IsInRepository: false);
        }

        return IsInside(value.Text())
            ? new BaselineFile(value.Text(), IsInRepository: true)
            : throw value.Error("The baseline that this file names lies in the same repository: a path from its root, without '..'.");
    }

    private static ImmutableArray<ApiSetting> ReadApi(ConfigurationValue value, ConfigurationText file)
    {
        // Whoever names the host receives the keys, and many can write to a repository.
        return !file.IsScanned
            ? [.. value.Members(NamesOfApi).SelectMany(m => m.Name == "paths"
                ? m.Value.Members([.. new ApiOptions().Paths.Keys]).Select(p => Setting("path", $"{p.Name}={p.Value.Text()}", p.Value))
                : [Setting(m.Name, m.Name == "timeout" ? m.Value.Decimal() : m.Value.Text(), m.Value)])]
            : throw value.Error("A file that lies in what is scanned does not say where keys are sent; keep 'api' in a file elsewhere, or use --api-url or ATOMICPAY_SCAN_API_URL.");

        static ApiSetting Setting(string name, string text, ConfigurationValue value) =>
            ApiOptions.WhyNot(name, text) is { } why ? throw value.Error($"{char.ToUpperInvariant(why[0])}{why[1..]}") : new ApiSetting(name, text);
    }

    private static ArchiveLimits ReadArchiveLimits(ConfigurationValue value)
    {
        var limits = new ArchiveLimits(null, null, null, null);
        foreach (var (name, member) in value.Members(NamesOfArchiveLimits))
        {
            limits = name switch
            {
                "depth" => limits with { Depth = (int)member.Number(1, 64) },
                "members" => limits with { Members = (int)member.Number(1, int.MaxValue) },
                "totalBytes" => limits with { TotalBytes = member.Number(1, MostBytes) },
                _ => limits with { MemberBytes = member.Number(1, MostBytes) },
            };
        }

        return limits;
    }

    /// <summary>Whether a path stays below where it starts, on any system.</summary>
    private static bool IsInside(string path) =>
        !path.StartsWith('/') && !path.Contains('\\', StringComparison.Ordinal) && !path.Contains(':', StringComparison.Ordinal) && !path.Contains('\0', StringComparison.Ordinal)
        && !path.Split('/').Contains("..");
}
