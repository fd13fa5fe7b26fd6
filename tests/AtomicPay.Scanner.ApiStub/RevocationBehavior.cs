namespace AtomicPay.Scanner.ApiStub;

/// <summary>What the stub makes of a request to revoke a key. AtomicPay documents none; the contract is the one in src/AtomicPay.Scanner/Api/Revoking/revocation.openapi.json.</summary>
internal enum RevocationBehavior
{
    /// <summary>200, and the key is dead.</summary>
    Revokes,

    /// <summary>202, and the key is dead after <see cref="StubOptions.StillLiveFor"/>.</summary>
    RevokesLater,

    /// <summary>200, and the key stays live.</summary>
    AcceptsOnly,

    /// <summary>403: this key may not revoke itself.</summary>
    Refuses,

    /// <summary>The status <see cref="StubOptions.NotSupportedStatus"/>.</summary>
    NotSupported,
}
