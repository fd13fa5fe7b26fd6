namespace AtomicPay.Scanner.ApiStub;

/// <summary>Something that goes wrong with the next requests that it is meant for.</summary>
internal sealed class Fault(FaultKind kind)
{
    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = int.MaxValue;

    public FaultKind Kind { get; } = kind;

    /// <summary>The only method that it is meant for; null for all.</summary>
    public string? Method { get; init; }

    /// <summary>Whether requests without a key are left alone.</summary>
    public bool WithKeyOnly { get; init; }

    /// <summary>How many requests it befalls.</summary>
    public int Times
    {
        init => _left = value;
    }

    /// <summary>How many requests pass before it.</summary>
    public int After { get; set; }

    /// <summary>What <c>Retry-After</c> says, seconds or a date.</summary>
    public string RetryAfter { get; init; } = "1";

    public string Target { get; init; } = "";

    public int Status { get; init; } = 400;

    /// <summary>Null for an error that states none.</summary>
    public string? ErrorType { get; init; } = "invalid_request_error";

    /// <summary>Ends when a request has met it.</summary>
    public Task Met => _met.Task;

    public Task Released => _released.Task;

    public void Release() => _released.TrySetResult();

    /// <summary>Whether this request meets it; counts.</summary>
    public bool Befalls(StubRequest request)
    {
        if (_left <= 0 || (WithKeyOnly && request.Key is null) || (Method is not null && Method != request.Method))
        {
            return false;
        }

        if (After > 0)
        {
            After--;
            return false;
        }

        _left--;
        _met.TrySetResult();
        return true;
    }
}
