namespace AtomicPay.Scanner.Findings;

/// <summary>How the attempt to revoke a key ended.</summary>
internal enum RevocationOutcome
{
    /// <summary>No request was sent.</summary>
    NotSent,

    /// <summary>A request is about to be sent, once that is confirmed.</summary>
    Planned,

    /// <summary>It cannot be told whether the key is revoked.</summary>
    Unknown,

    /// <summary>The API has no such request.</summary>
    NotSupported,

    /// <summary>The API refused to revoke the key.</summary>
    Refused,

    /// <summary>The API accepted the request, and the key still works.</summary>
    StillLive,

    /// <summary>The key was dead before.</summary>
    AlreadyDead,

    /// <summary>The request was sent, and the API was seen to refuse the key afterwards.</summary>
    Confirmed,
}
