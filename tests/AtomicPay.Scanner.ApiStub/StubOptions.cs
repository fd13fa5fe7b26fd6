namespace AtomicPay.Scanner.ApiStub;

/// <summary>How the stub behaves when nothing goes wrong.</summary>
internal sealed record StubOptions
{
    /// <summary>The port on loopback; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether to speak TLS, with a certificate that nobody has reason to trust.</summary>
    public bool Tls { get; init; }

    /// <summary>Whether every text that has the form of a key counts as a live key that may do everything, until it is revoked.</summary>
    public bool EveryKeyIsLive { get; init; }

    /// <summary>Requests a minute and key.</summary>
    public int Limit { get; init; } = 100;

    public RevocationBehavior Revocation { get; init; } = RevocationBehavior.Revokes;

    /// <summary>How long a key whose revocation was accepted stays live.</summary>
    public TimeSpan StillLiveFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>404, 405 or 501.</summary>
    public int NotSupportedStatus { get; init; } = 404;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where a line for each request goes; null for nowhere.</summary>
    public TextWriter? Log { get; init; }
}
