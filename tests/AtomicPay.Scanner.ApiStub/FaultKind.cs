namespace AtomicPay.Scanner.ApiStub;

/// <summary>What can go wrong between a client and the API.</summary>
internal enum FaultKind
{
    /// <summary>429 though the limit was not reached, with <c>Retry-After</c>.</summary>
    TooManyRequests,

    /// <summary>429 that does not say when to come back.</summary>
    TooManyRequestsWithoutRetryAfter,

    /// <summary>500 with an error body.</summary>
    ServerError,

    /// <summary>Headers at once, then a body of which a byte comes now and then.</summary>
    SlowDrip,

    /// <summary>No answer at all.</summary>
    Silence,

    /// <summary>The connection is reset before an answer.</summary>
    ConnectionReset,

    /// <summary>200 with a page for people, as a captive portal sends it.</summary>
    WrongContentType,

    /// <summary>401 with a body that never ends.</summary>
    HugeBody,

    /// <summary>401 with a body that is no JSON.</summary>
    MalformedBody,

    /// <summary>A redirect to <see cref="Fault.Target"/>.</summary>
    Redirect,

    /// <summary>400 with an error body that repeats the key in every field and a header.</summary>
    KeyEchoed,

    /// <summary>The request is carried out, and then the connection is reset instead of an answer.</summary>
    CrashAfterRequest,

    /// <summary>The status <see cref="Fault.Status"/> with the error type <see cref="Fault.ErrorType"/>.</summary>
    Answer,

    /// <summary>The request waits until <see cref="Fault.Release"/> is called, and is then carried out.</summary>
    Hold,
}
