using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace AtomicPay.Scanner.Config;

/// <summary>
/// Where the API is and how to ask it. It comes from the user's own environment, configuration and options, never from what is
/// scanned: whoever names the host receives the keys.
/// </summary>
internal sealed record ApiOptions
{
    /// <summary>The path that tells whether a key is live.</summary>
    public const string VerifyPath = "verify";

    /// <summary>The path that a key is revoked at.</summary>
    public const string RevokePath = "revoke";

    /// <summary>What can be set, with the name that the option, the variable and the configuration file derive theirs from.</summary>
    public static readonly ImmutableArray<string> Names = ["url", "auth", "path", "timeout", "proxy"];

    public Uri Url { get; init; } = new("https://api.atomicpay.com.br");

    public ApiAuthentication Authentication { get; init; } = ApiAuthentication.Bearer;

    /// <summary>
    /// The paths by name. AtomicPay documents the resources and not their paths: these are inferred, so each can be set. The
    /// products are asked for by default because they are the least personal.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Paths { get; init; } = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create(VerifyPath, "/v1/products"),
        KeyValuePair.Create(RevokePath, "/v1/api-keys/revoke"),
        KeyValuePair.Create("customers.read", "/v1/customers"),
        KeyValuePair.Create("products.read", "/v1/products"),
        KeyValuePair.Create("purchases.read", "/v1/purchases"),
        KeyValuePair.Create("subscriptions.read", "/v1/subscriptions"),
    ]);

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one question may take with all its repetitions.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many requests are under way at once at most.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>A proxy that the user names; those of the system are not used.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Why a value cannot be, as a sentence that says what to write; null when it can.</summary>
    public static string? WhyNot(string name, string value)
    {
        try
        {
            new ApiOptions().With(name, value);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <summary>The same with one thing set.</summary>
    /// <exception cref="FormatException">The value cannot be understood; its message says what to write.</exception>
    public ApiOptions With(string name, string value) => name switch
    {
        "url" => this with { Url = UrlOf(value) },
        "auth" => this with { Authentication = AuthenticationOf(value) },
        "path" => WithPath(value),
        "timeout" => this with { Timeout = SecondsOf(value) },
        "proxy" => this with { Proxy = ProxyOf(value) },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, message: null),
    };

    private static Uri UrlOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url is not { UserInfo: "", Query: "", Fragment: "" }
            || url.Scheme is not ("https" or "http"))
        {
            throw new FormatException("write the address of the API, such as https://api.atomicpay.com.br, with nothing but a path behind it.");
        }

        return url.Scheme == "https" || IsLoopback(url)
            ? url
            : throw new FormatException("a key is sent over https only, except to this machine itself (http://localhost or http://127.0.0.1).");
    }

    // By the address's own words; whether the connection really ends on this machine is looked at when it is made.
    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static ApiAuthentication AuthenticationOf(string text) => text switch
    {
        "bearer" => ApiAuthentication.Bearer,
        "x-api-key" => ApiAuthentication.XApiKey,
        _ => throw new FormatException("write bearer or x-api-key."),
    };

    private static TimeSpan SecondsOf(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.1 and <= 300
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException("write a number of seconds from 0.1 to 300.");

    private static Uri ProxyOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy is { Scheme: "http" or "https" or "socks5", Query: "", Fragment: "" }
            ? proxy
            : throw new FormatException("write the proxy's address, such as http://proxy.example:3128.");

    private ApiOptions WithPath(string text)
    {
        var (name, path) = text.Split('=', 2) is [var left, var right] ? (left, right) : ("", "");
        if (!Paths.ContainsKey(name))
        {
            throw new FormatException($"write NAME=/PATH, with one of these names: {string.Join(", ", Paths.Keys)}.");
        }

        // What is no plain path could name another host once it is put behind this one's.
        var isPlain = path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal)
            && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or '~');
        return isPlain
            ? this with { Paths = Paths.SetItem(name, path) }
            : throw new FormatException($"write the path of {name} as in {name}=/v1/products: letters, digits and /-_.~ only.");
    }
}
