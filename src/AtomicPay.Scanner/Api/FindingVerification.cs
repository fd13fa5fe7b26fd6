using System.Collections.Immutable;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Api;

/// <summary>Asks about every key of a scan once, however many places it lies in, and tells its findings.</summary>
internal sealed class FindingVerification(Verifier verifier, VerifyMode mode, int mostReadings)
{
    private int _answered;

    /// <summary>How many keys there are to be asked about.</summary>
    public int Keys { get; private set; }

    /// <summary>How many of them were answered; may be asked from any thread.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>The same findings with what the API said of each.</summary>
    public async Task<ScanResult> Verify(ScanResult result, CancellationToken cancellation)
    {
        var exact = result.Findings.Where(f => f.IsExact).Select(f => f.Secret).ToHashSet();
        var readings = result.Findings.Where(f => !exact.Contains(f.Secret))
            .GroupBy(f => f.Secret)
            .ToDictionary(key => key.Key, key => key.SelectMany(f => f.OtherReadings).Prepend(key.Key).Distinct().Take(mostReadings).ToList());
        Keys = exact.Count + readings.Values.Sum(r => r.Count);
        var known = await verifier.VerifyAll([.. exact], mode, _ => Interlocked.Increment(ref _answered), cancellation);
        var read = new Dictionary<Secret, (Secret Key, Verification Verification)>();
        foreach (var (key, candidates) in readings)
        {
            read[key] = await VerifyReadings(key, candidates, known, cancellation);
        }

        return result with
        {
            Findings =
            [
                .. result.Findings.Select(f =>
                {
                    var (key, verification) = read.TryGetValue(f.Secret, out var reading) ? reading
                        : (f.Secret, known.GetValueOrDefault(f.Secret) ?? Verification.Unknown("not asked, since the scan was interrupted"));
                    return f with { Secret = key, Verification = verification };
                }),
            ],
            Interrupted = result.Interrupted || cancellation.IsCancellationRequested,
        };
    }

    /// <summary>The reading that is live is the key. One that is dead may also be a misreading, so no reading is ever called dead.</summary>
    private async Task<(Secret Key, Verification Verification)> VerifyReadings(
        Secret key, List<Secret> candidates, IReadOnlyDictionary<Secret, Verification> known, CancellationToken cancellation)
    {
        if (candidates.Count == 0)
        {
            return (key, Verification.Unknown("not asked, since a picture is no sure reading; --verify-candidates N tries N readings"));
        }

        var dead = 0;
        foreach (var candidate in candidates)
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            try
            {
                var verification = known.GetValueOrDefault(candidate) ?? await verifier.Verify(candidate, mode, cancellation);
                Interlocked.Increment(ref _answered);
                if (verification.IsLive)
                {
                    return (candidate, verification);
                }

                dead += verification.Liveness == Liveness.Dead ? 1 : 0;
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        return (key, Verification.Unknown(dead == candidates.Count
            ? $"{(dead == 1 ? "the reading" : $"each of {dead} readings")} that was tried is not live, but may be misread"
            : "its readings could not all be tried"));
    }
}
