using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace AtomicPay.Scanner.Api;

/// <summary>Asks the one configured host, and gives up after a bounded time. No key, and nothing that was received, leaves it as text.</summary>
internal sealed class ApiClient : IDisposable
{
    private const int MostRetries = 4;
    private const int FailuresToBreak = 10;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(30);
    private static readonly string Version =
        typeof(ApiClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private readonly ApiOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _asking;
    private readonly HttpMessageInvoker _changing;
    private readonly ResiliencePipeline<ApiAnswer> _patience;
    private readonly ResiliencePipeline<ApiAnswer> _once;
    private readonly ConcurrentDictionary<string, RateLimit> _limits = new();

    public ApiClient(ApiOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _asking = Connection.Open(options, isReused: true);
        _changing = Connection.Open(options, isReused: false);
        _once = new ResiliencePipelineBuilder<ApiAnswer> { TimeProvider = time }.AddTimeout(options.Timeout).Build();
        _patience = new ResiliencePipelineBuilder<ApiAnswer> { TimeProvider = time }
            .AddTimeout(options.Patience)
            .AddRetry(new RetryStrategyOptions<ApiAnswer>
            {
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthRepeating(attempt.Outcome)),
                MaxRetryAttempts = MostRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstDelay,
                MaxDelay = LongestDelay,
                DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Result as ApiAnswer.Answer)?.RetryAfter),
            })
            // An API that is down is told so by the first keys; the others need not wait for it each.
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ApiAnswer>
            {
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is TimeoutRejectedException || attempt.Outcome.Result is ApiAnswer.NoAnswer or ApiAnswer.Answer { Status: >= 500 }),
                FailureRatio = 1,
                MinimumThroughput = FailuresToBreak,
                SamplingDuration = BreakDuration,
                BreakDuration = BreakDuration,
            })
            .AddTimeout(options.Timeout)
            .Build();
    }

    private string ConnectionLost => $"the connection to {_options.Url.Authority} broke";

    /// <summary>One question that changes nothing, repeated when the API asks for it or does not answer.</summary>
    /// <param name="key">Whose; null for a request without a key.</param>
    /// <param name="path">One of <see cref="ApiOptions.Paths"/>.</param>
    /// <param name="cancellation">Gives up at once.</param>
    public async Task<ApiAnswer> Ask(Secret? key, string path, CancellationToken cancellation)
    {
        ApiAnswer? last = null;
        if (AllowanceOf(key) is var wait && wait > _options.Patience)
        {
            return new ApiAnswer.NoAnswer("not asked, since the key's limit of requests is used up for now");
        }

        try
        {
            await Task.Delay(wait, _time, cancellation);
            return await _patience.ExecuteAsync(
                async token =>
                {
                    using var request = Request(HttpMethod.Get, $"{path}?limit=1", key);
                    return last = await Send(_asking, request, key, token);
                },
                cancellation);
        }
        catch (TimeoutRejectedException)
        {
            return last is ApiAnswer.Answer ? last : NoAnswerInTime();
        }
        catch (BrokenCircuitException)
        {
            return last ?? new ApiAnswer.NoAnswer("not asked, since the API failed to answer about the keys before it");
        }
    }

    /// <summary>The request that revokes a key: sent once and never repeated, because what became of it is to be verified instead.</summary>
    public async Task<ApiAnswer> Revoke(Secret key, string reason, string idempotencyKey, CancellationToken cancellation)
    {
        try
        {
            return await _once.ExecuteAsync(
                async token =>
                {
                    using var request = Request(HttpMethod.Post, _options.Paths[ApiOptions.RevokePath], key);
                    request.Headers.Add("Idempotency-Key", idempotencyKey);
                    request.Content = new ByteArrayContent(ReasonBody(reason)) { Headers = { ContentType = new("application/json") } };
                    return await Send(_changing, request, key, token);
                },
                cancellation);
        }
        catch (TimeoutRejectedException)
        {
            return NoAnswerInTime();
        }
    }

    /// <summary>The body of the request that revokes a key.</summary>
    public static byte[] ReasonBody(string reason)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public void Dispose()
    {
        _asking.Dispose();
        _changing.Dispose();
    }

    private static bool IsJson(string? type) =>
        type is "application/json" || (type?.StartsWith("application/", StringComparison.Ordinal) == true && type.EndsWith("+json", StringComparison.Ordinal));

    private static async Task<AnswerBody> BodyOf(HttpResponseMessage response, CancellationToken cancellation)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is not null && !IsJson(type))
        {
            return AnswerBody.Foreign;
        }

        if (response.IsSuccessStatusCode)
        {
            return AnswerBody.Unread;
        }

        using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[ErrorBody.MostBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length == 0 ? AnswerBody.Unread
            : length > ErrorBody.MostBytes ? AnswerBody.Foreign
            : ErrorBody.Read(buffer.AsSpan(0, length));
    }

    private bool IsWorthRepeating(Outcome<ApiAnswer> outcome) =>
        outcome.Exception is TimeoutRejectedException
        || outcome.Result is ApiAnswer.Answer { IsTransient: true, RetryAfter: var wait } && !(wait > _options.Patience);

    private ApiAnswer.NoAnswer NoAnswerInTime() =>
        new($"{_options.Url.Authority} did not answer in time");

    /// <summary>How long the key's own limit, as the last answer stated it, asks to wait: others may be using the key too.</summary>
    private TimeSpan AllowanceOf(Secret? key) =>
        key is not null && _limits.TryGetValue(key.Sha256, out var limit) && limit.Remaining == 0 && limit.Reset - _time.GetUtcNow() is var wait && wait > TimeSpan.Zero
            ? wait
            : TimeSpan.Zero;

    private HttpRequestMessage Request(HttpMethod method, string path, Secret? key)
    {
        var request = new HttpRequestMessage(method, new Uri(_options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/') + path));
        request.Headers.Add("User-Agent", $"atomicpay-scan/{Version}");
        request.Headers.Add("Accept", "application/json");
        if (key is not null)
        {
            KeyHeader.Add(request, key, _options.Authentication);
        }

        return request;
    }

    private async Task<ApiAnswer> Send(HttpMessageInvoker connection, HttpRequestMessage request, Secret? key, CancellationToken cancellation)
    {
        try
        {
            using var response = await connection.SendAsync(request, cancellation);
            var now = _time.GetUtcNow();
            if (key is not null && RateLimit.Of(response.Headers, now) is { } limit)
            {
                _limits[key.Sha256] = limit;
            }

            return new ApiAnswer.Answer((int)response.StatusCode, await BodyOf(response, cancellation), RateLimit.RetryAfter(response.Headers, now));
        }
        catch (HttpRequestException e) when (!cancellation.IsCancellationRequested)
        {
            return new ApiAnswer.NoAnswer(Why(e));
        }
        catch (Exception e) when ((e is IOException or OperationCanceledException) && !cancellation.IsCancellationRequested)
        {
            return new ApiAnswer.NoAnswer(ConnectionLost);
        }
    }

    // Not the exception's own words: what a server or a proxy sent may stand in them.
    private string Why(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => $"the name {_options.Url.Host} cannot be resolved",
        HttpRequestError.ConnectionError => $"there is no connection to {_options.Url.Authority}",
        HttpRequestError.SecureConnectionError => $"{_options.Url.Authority} cannot prove with a certificate who it is, so no key was sent",
        HttpRequestError.ProxyTunnelError => "the proxy makes no connection",
        _ => ConnectionLost,
    };
}
