using System.Collections.Immutable;

namespace AtomicPay.Scanner.Config;

/// <summary>One entry of the allowlist. A finding has to meet every criterion that is not empty, and one value of it.</summary>
internal sealed record AllowEntry
{
    /// <summary>Globs, relative to the root of the repository.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>Lower-case hex SHA-256 of keys.</summary>
    public ImmutableArray<string> Keys { get; init; } = [];

    /// <summary>Rule ids.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>Why a finding that meets them need not be acted on.</summary>
    public required string Reason { get; init; }

    /// <summary>The last day, in UTC, on which the entry counts.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Where the entry stands: <c>file:line</c>.</summary>
    public required string Source { get; init; }
}
