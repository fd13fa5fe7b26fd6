using System.Collections.Immutable;

namespace AtomicPay.Scanner.Findings;

/// <summary>What the API said of a key when it was asked.</summary>
/// <param name="Liveness">Whether the key works.</param>
/// <param name="Because">What that rests on, as a sentence without its full stop; it holds nothing that the API sent.</param>
internal sealed record Verification(Liveness Liveness, string Because)
{
    /// <summary>What the key may do; empty when that was not asked.</summary>
    public ImmutableArray<PermissionAnswer> Permissions { get; init; } = [];

    public bool IsLive => Liveness is Liveness.Live or Liveness.LiveWithoutPermission;

    public static Verification Unknown(string because) => new(Liveness.Unknown, because);
}
