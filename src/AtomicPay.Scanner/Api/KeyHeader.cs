using System.Text.RegularExpressions;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Api;

/// <summary>Puts a key into a request: the one place that reveals one to the outside.</summary>
internal static partial class KeyHeader
{
    /// <summary>Whether it has the form of an AtomicPay key. A rule of the user's own may find keys of others, which AtomicPay has no business to see.</summary>
    public static bool Fits(Secret key) => Form().IsMatch(key.Reveal());

    public static void Add(HttpRequestMessage request, Secret key, ApiAuthentication authentication)
    {
        if (!Fits(key))
        {
            throw new ArgumentException("Only an AtomicPay key is ever sent.", nameof(key));
        }

        // Without validation: its messages would quote the value.
        _ = authentication == ApiAuthentication.Bearer
            ? request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key.Reveal()}")
            : request.Headers.TryAddWithoutValidation("X-API-Key", key.Reveal());
    }

    [GeneratedRegex(@"\Aatpay_[A-Za-z0-9_-]{16,140}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
