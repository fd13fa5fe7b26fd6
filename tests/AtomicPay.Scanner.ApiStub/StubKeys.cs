using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace AtomicPay.Scanner.ApiStub;

/// <summary>The keys that the stub knows, what each may do, and how often each was used in the last minute.</summary>
internal sealed class StubKeys(StubOptions options)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Known> _keys = new();

    /// <summary>A new key that is live; without permissions it may do everything.</summary>
    public string Issue(params string[] permissions)
    {
        var key = $"atpay_{RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40)}";
        Add(key, permissions);
        return key;
    }

    /// <summary>Makes a key of the caller's live.</summary>
    public void Add(string key, params string[] permissions) => _keys[key] = new Known([.. permissions.Length == 0 ? ["*"] : permissions]);

    public bool IsLive(string key) => Find(key) is { } known && !(known.DeadFrom <= options.Time.GetUtcNow());

    public bool May(string key, string permission) =>
        Find(key) is { } known && (known.Permissions.Contains("*") || known.Permissions.Contains(permission));

    /// <summary>Makes the key dead from then on.</summary>
    public void Revoke(string key, TimeSpan after)
    {
        var known = Find(key)!;
        known.DeadFrom ??= options.Time.GetUtcNow() + after;
    }

    /// <summary>Counts a request against the key's limit.</summary>
    public (bool Admitted, int Remaining, DateTimeOffset Reset) Count(string key)
    {
        if (Find(key) is not { } known)
        {
            return (true, options.Limit, options.Time.GetUtcNow() + Window);
        }

        lock (known)
        {
            var now = options.Time.GetUtcNow();
            if (now >= known.WindowEnd)
            {
                (known.WindowEnd, known.Used) = (now + Window, 0);
            }

            known.Used++;
            return (known.Used <= options.Limit, Math.Max(0, options.Limit - known.Used), known.WindowEnd);
        }
    }

    private static bool HasForm(string key) =>
        key.StartsWith("atpay_", StringComparison.Ordinal) && key.Length is >= 22 and <= 134 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private Known? Find(string key) =>
        options.EveryKeyIsLive && HasForm(key) ? _keys.GetOrAdd(key, _ => new Known(["*"])) : _keys.GetValueOrDefault(key);

    private sealed class Known(ImmutableArray<string> permissions)
    {
        public ImmutableArray<string> Permissions { get; } = permissions;

        public DateTimeOffset? DeadFrom { get; set; }

        public DateTimeOffset WindowEnd { get; set; }

        public int Used { get; set; }
    }
}
