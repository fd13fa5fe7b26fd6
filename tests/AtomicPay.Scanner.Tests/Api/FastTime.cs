namespace AtomicPay.Scanner.Tests.Api;

/// <summary>Time that passes a hundred times as fast, so that no test waits for what the API asks a client to wait.</summary>
internal sealed class FastTime : TimeProvider
{
    private const int Factor = 100;

    private readonly long _start = System.GetTimestamp();
    private readonly DateTimeOffset _epoch = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _epoch + (System.GetElapsedTime(_start) * Factor);

    public override long GetTimestamp() => _start + ((System.GetTimestamp() - _start) * Factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Faster(dueTime), Faster(period)));

    private static TimeSpan Faster(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Factor;

    private sealed class Timer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Faster(dueTime), Faster(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
