using AtomicPay.Scanner.Sources.Files;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>The few settings of a repository that matter here, from its own <c>config</c> alone: what it includes is not read.</summary>
internal static class GitConfig
{
    /// <summary>The last value of a setting; null where it is not set.</summary>
    /// <param name="configFile">The file.</param>
    /// <param name="section">In lower case, with the subsection as it is written: <c>extensions</c>, <c>branch "main"</c>.</param>
    /// <param name="name">In lower case.</param>
    public static string? Read(string configFile, string section, string name) => ReadAll(configFile, section, name).LastOrDefault();

    /// <summary>All values of a setting.</summary>
    public static IEnumerable<string> ReadAll(string configFile, string section, string name)
    {
        var isSection = false;
        foreach (var line in TextFile.Lines(configFile).Select(line => line.Trim()))
        {
            var entry = line;
            if (line.StartsWith('['))
            {
                var close = line.IndexOf(']', StringComparison.Ordinal);
                isSection = close > 0 && IsSame(line[1..close].Trim(), section);
                entry = line[(close + 1)..].Trim();
            }

            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (isSection && equals > 0 && entry[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                yield return entry[(equals + 1)..].Split('#', ';')[0].Trim().Trim('"');
            }
        }
    }

    /// <summary>Sections are the same in any case, subsections only in the same.</summary>
    private static bool IsSame(string written, string section)
    {
        var quote = written.IndexOf('"', StringComparison.Ordinal);
        var wanted = section.IndexOf('"', StringComparison.Ordinal);
        return quote < 0 || wanted < 0
            ? written.Equals(section, StringComparison.OrdinalIgnoreCase)
            : written[..quote].Trim().Equals(section[..wanted].Trim(), StringComparison.OrdinalIgnoreCase) && written[quote..] == section[wanted..];
    }
}
