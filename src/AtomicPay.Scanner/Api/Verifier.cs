using System.Collections.Concurrent;
using System.Collections.Immutable;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Api;

/// <summary>Finds out whether keys are live, with one harmless request for each, and on demand what they may read.</summary>
internal sealed class Verifier(ApiClient client, ApiOptions options)
{
    /// <summary>The documented permissions, in the order in which they are shown. What is no list of reads is never tried.</summary>
    private static readonly string[] Permissions =
    [
        "purchases.read", "customers.read", "products.read", "subscriptions.read", "subscriptions.write",
        "charges.write", "customers.write", "cards.write", "cards.read",
    ];

    private readonly ConcurrentDictionary<string, Lazy<Task<ApiAnswer>>> _withoutKey = new();

    /// <summary>Asks about one key.</summary>
    public async Task<Verification> Verify(Secret key, VerifyMode mode, CancellationToken cancellation)
    {
        if (!KeyHeader.Fits(key))
        {
            return Verification.Unknown("not asked, since it does not have the form of an AtomicPay key");
        }

        var path = options.Paths[ApiOptions.VerifyPath];
        var first = await Ask(key, path, cancellation);
        return mode == VerifyMode.Permissions && first.IsLive ? await WithPermissions(key, path, first, cancellation) : first;
    }

    /// <summary>Asks about many keys, a few at once.</summary>
    /// <param name="keys">Each once.</param>
    /// <param name="mode">What to ask.</param>
    /// <param name="answered">Told of each verification when it is there, from any thread.</param>
    /// <param name="cancellation">Ends it early; the keys that were not asked until then are missing from the result.</param>
    public async Task<IReadOnlyDictionary<Secret, Verification>> VerifyAll(
        IReadOnlyCollection<Secret> keys, VerifyMode mode, Action<Verification> answered, CancellationToken cancellation)
    {
        var verifications = new ConcurrentDictionary<Secret, Verification>();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellation };
        try
        {
            await Parallel.ForEachAsync(keys, limits, async (key, token) =>
            {
                var verification = await Verify(key, mode, token);
                verifications[key] = verification;
                answered(verification);
            });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What is known until then is worth telling.
        }

        return verifications;
    }

    private async Task<Verification> Ask(Secret key, string path, CancellationToken cancellation)
    {
        var answer = await client.Ask(key, path, cancellation);
        var verification = LivenessTable.Of(answer, path);
        if (!verification.IsLive)
        {
            return verification;
        }

        var withoutKey = await _withoutKey.GetOrAdd(path, p => new Lazy<Task<ApiAnswer>>(() => client.Ask(key: null, p, cancellation))).Value;
        return LivenessTable.IsMeaningless(answer, withoutKey)
            ? Verification.Unknown($"{verification.Because}, but so it does without a key: that path says nothing about one")
            : verification;
    }

    private async Task<Verification> WithPermissions(Secret key, string firstPath, Verification first, CancellationToken cancellation)
    {
        var answers = ImmutableArray.CreateBuilder<PermissionAnswer>();
        var best = first;
        foreach (var permission in Permissions)
        {
            if (!options.Paths.TryGetValue(permission, out var path))
            {
                answers.Add(new PermissionAnswer(permission, Grant.NotAsked));
                continue;
            }

            var verification = path == firstPath ? first : await Ask(key, path, cancellation);
            best = verification.Liveness == Liveness.Live && best.Liveness != Liveness.Live ? verification : best;
            answers.Add(new PermissionAnswer(permission, verification.Liveness switch
            {
                Liveness.Live => Grant.Granted,
                Liveness.LiveWithoutPermission => Grant.Refused,
                _ => Grant.Unknown,
            }));
        }

        return best with { Permissions = answers.ToImmutable() };
    }
}
