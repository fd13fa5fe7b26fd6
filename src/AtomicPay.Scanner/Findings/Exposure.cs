using System.Collections.Immutable;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Findings;

/// <summary>What git says about a place: since when a key lies there, and whether it still does.</summary>
/// <param name="Commit">The first commit that holds it; null when no commit does (a tag object, an unreachable blob).</param>
/// <param name="Date">That commit's author date, or the tag's date.</param>
/// <param name="InHead">Whether HEAD still holds it.</param>
/// <param name="Refs">Some of the refs that contain it, full names, sorted.</param>
/// <param name="RemovedIn">The commit that removed it, where one did.</param>
internal sealed record Exposure(
    ObjectId? Commit,
    DateTimeOffset? Date,
    bool InHead,
    ImmutableArray<string> Refs,
    ObjectId? RemovedIn)
{
    /// <summary>The author date of <see cref="RemovedIn"/>, where it is known.</summary>
    public DateTimeOffset? RemovedOn { get; init; }

    /// <summary>A host of public repositories that the repository has a remote on, such as <c>github.com</c>: a hint, for what lies there may be private.</summary>
    public string? RemoteHost { get; init; }
}
