namespace AtomicPay.Scanner.Config;

/// <summary>What the API is asked about the keys that were found.</summary>
internal enum VerifyMode
{
    /// <summary>Nothing: not one packet leaves the machine.</summary>
    Off,

    /// <summary>Whether a key is live: one request for each.</summary>
    Liveness,

    /// <summary>Also what it may read: one request for each list.</summary>
    Permissions,
}
