using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Reports;

/// <summary>The path of an origin, for those that have one.</summary>
internal static class OriginPath
{
    /// <summary>Relative to the scanned root; null for git objects, which many paths or none may hold, and for standard input.</summary>
    public static string? Of(Origin origin) => origin switch
    {
        Origin.File file => file.Path,
        Origin.Staged file => file.Path,
        Origin.FileName name => name.Path,
        Origin.GitInternal file => file.Path,
        Origin.ArchiveMember member => Of(member.Archive) is { } outer ? member.PathIn(outer) : null,
        _ => null,
    };
}
