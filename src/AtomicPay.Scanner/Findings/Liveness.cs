namespace AtomicPay.Scanner.Findings;

/// <summary>Whether a key works.</summary>
internal enum Liveness
{
    /// <summary>It could not be found out. Never to be taken for dead.</summary>
    Unknown,

    /// <summary>The API refuses it: revoked, rotated, or never a key.</summary>
    Dead,

    /// <summary>The API knows it, and refuses what was asked for.</summary>
    LiveWithoutPermission,

    /// <summary>The API accepts it.</summary>
    Live,
}
