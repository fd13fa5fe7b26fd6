using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace AtomicPay.Scanner.ApiStub;

/// <summary>The API on loopback, with everything that can go wrong on demand and a record of what it was asked.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private const int Drips = 600;

    private readonly StubOptions _options;
    private readonly WebApplication _application;
    private readonly StubApi _api;
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private readonly List<Fault> _faults = [];
    private readonly X509Certificate2? _certificate;
    private int _atOnce;

    private StubServer(StubOptions options)
    {
        _options = options;
        _certificate = options.Tls ? SelfSigned() : null;
        Keys = new StubKeys(options);
        _api = new StubApi(options, Keys);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port, Listen));
        _application = builder.Build();
        _application.Run(Handle);
    }

    public StubKeys Keys { get; }

    public Uri Url { get; private set; } = new("http://localhost");

    /// <summary>What it was asked so far, in order.</summary>
    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    /// <summary>How many requests were being answered at once at most.</summary>
    public int MostAtOnce { get; private set; }

    public static async Task<StubServer> Start(StubOptions options)
    {
        var server = new StubServer(options);
        await server._application.StartAsync();
        server.Url = new Uri(server._application.Urls.First());
        return server;
    }

    /// <summary>Adds what is to go wrong; the first that a request meets befalls it.</summary>
    public Fault Add(Fault fault)
    {
        lock (_faults)
        {
            _faults.Add(fault);
        }

        return fault;
    }

    public void RemoveFaults()
    {
        lock (_faults)
        {
            _faults.Clear();
        }
    }

    public Task Stopped(CancellationToken cancellation) => _application.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _application.StopAsync(impatience.Token);
        await _application.DisposeAsync();
        _certificate?.Dispose();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    private void Listen(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (_certificate is not null)
        {
            listen.UseHttps(_certificate);
        }
    }

    private async Task Handle(HttpContext context)
    {
        lock (_requests)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
        }

        var request = await Read(context.Request);
        _requests.Enqueue(request);
        try
        {
            await AnswerOrFail(context, request);
            request.Status = context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
        }
        catch (OperationCanceledException)
        {
            // The client went away, or was sent away.
        }
        finally
        {
            lock (_requests)
            {
                _atOnce--;
            }
        }

        if (_options.Log is { } log)
        {
            await log.WriteLineAsync(request.ToString());
        }
    }

    private async Task AnswerOrFail(HttpContext context, StubRequest request)
    {
        var fault = FaultFor(request);
        if (fault?.Kind == FaultKind.Hold)
        {
            await fault.Released.WaitAsync(context.RequestAborted);
            fault = null;
        }

        if (fault is null)
        {
            await _api.Answer(context, request.Key);
        }
        else
        {
            await Fail(context, request, fault);
        }
    }

    private Fault? FaultFor(StubRequest request)
    {
        lock (_faults)
        {
            return _faults.Find(f => f.Befalls(request));
        }
    }

    private async Task Fail(HttpContext context, StubRequest request, Fault fault)
    {
        _api.SetLimit(context.Response, _options.Limit, _options.Time.GetUtcNow().AddMinutes(1));
        switch (fault.Kind)
        {
            case FaultKind.TooManyRequests:
                context.Response.Headers.RetryAfter = fault.RetryAfter;
                await StubApi.Error(context, 429, "rate_limit_error", "rate_limited");
                break;
            case FaultKind.TooManyRequestsWithoutRetryAfter:
                await StubApi.Error(context, 429, "rate_limit_error", "rate_limited");
                break;
            case FaultKind.ServerError:
                await StubApi.Error(context, 500, "api_error", "internal");
                break;
            case FaultKind.SlowDrip:
                await Drip(context);
                break;
            case FaultKind.Silence:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case FaultKind.ConnectionReset:
                Reset(context);
                break;
            case FaultKind.WrongContentType:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><body>Please sign in to this network.</body></html>");
                break;
            case FaultKind.HugeBody:
                await Flood(context);
                break;
            case FaultKind.MalformedBody:
                await StubApi.Json(context, 401, "{\"error\":{\"type\":\"authentication_err");
                break;
            case FaultKind.Redirect:
                context.Response.StatusCode = 307;
                context.Response.Headers.Location = fault.Target;
                break;
            case FaultKind.KeyEchoed:
                context.Response.Headers["X-Request-Key"] = request.Key;
                await StubApi.Error(context, 400, request.Key, request.Key ?? "");
                break;
            case FaultKind.CrashAfterRequest:
                var body = context.Response.Body;
                context.Response.Body = Stream.Null;
                await _api.Answer(context, request.Key);
                context.Response.Body = body;
                Reset(context);
                break;
            default:
                await StubApi.Error(context, fault.Status, fault.ErrorType, "failed");
                break;
        }
    }

    /// <summary>An RST, not an orderly end.</summary>
    private static void Reset(HttpContext context)
    {
        context.Features.Get<IConnectionSocketFeature>()?.Socket.Close(timeout: 0);
        context.Abort();
    }

    private static async Task Drip(HttpContext context)
    {
        context.Response.StatusCode = 401;
        context.Response.ContentType = "application/json";
        for (var i = 0; i < Drips; i++)
        {
            await context.Response.WriteAsync(" ", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(TimeSpan.FromMilliseconds(100), context.RequestAborted);
        }
    }

    private static async Task Flood(HttpContext context)
    {
        context.Response.StatusCode = 401;
        context.Response.ContentType = "application/json";
        var spaces = new byte[1 << 16];
        spaces.AsSpan().Fill((byte)' ');
        while (true)
        {
            await context.Response.Body.WriteAsync(spaces, context.RequestAborted);
        }
    }

    private static async Task<StubRequest> Read(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var headers = request.Headers
            .Where(h => h.Key is not ("Authorization" or "X-API-Key"))
            .ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new StubRequest(
            request.Method, request.Path.Value ?? "", request.QueryString.Value ?? "", StubApi.KeyOf(request), headers, await reader.ReadToEndAsync());
    }
}
