using System.Globalization;
using System.Net.Http.Headers;

namespace AtomicPay.Scanner.Api;

/// <summary>What an answer says about when the same key may be used again.</summary>
/// <param name="Remaining">How many requests are left until then.</param>
/// <param name="Reset">When there are new ones.</param>
internal readonly record struct RateLimit(int Remaining, DateTimeOffset Reset)
{
    // Which of the usual forms X-RateLimit-Reset has is not documented. Seconds from now never come near a billion.
    private const double LeastUnixTime = 1e9;
    private const double LeastUnixMilliseconds = 1e12;

    /// <summary>Null when the headers are missing or not understood.</summary>
    public static RateLimit? Of(HttpResponseHeaders headers, DateTimeOffset now) =>
        Number(headers, "X-RateLimit-Remaining") is { } remaining && Number(headers, "X-RateLimit-Reset") is { } reset && reset < 1e14
            ? new RateLimit((int)Math.Clamp(remaining, 0, int.MaxValue), reset switch
            {
                >= LeastUnixMilliseconds => DateTimeOffset.FromUnixTimeMilliseconds((long)reset),
                // Whole seconds: the rest was cut off.
                >= LeastUnixTime => DateTimeOffset.FromUnixTimeSeconds((long)reset + 1),
                _ => now.AddSeconds(reset),
            })
            : null;

    /// <summary><c>Retry-After</c>, seconds or a date, and else when the limit is reset; null when there is neither.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => Of(headers, now) is { Remaining: 0 } limit ? limit.Reset - now : (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static double? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && double.TryParse(values.First(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
