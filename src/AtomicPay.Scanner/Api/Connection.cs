using System.Net;
using System.Net.Sockets;
using AtomicPay.Scanner.Config;

namespace AtomicPay.Scanner.Api;

/// <summary>What carries the requests: no redirects, no cookies, no proxy that the user did not name, certificates always checked.</summary>
internal static class Connection
{
    private const int MostHeaderKilobytes = 32;

    /// <param name="options">Where to.</param>
    /// <param name="isReused">
    /// Whether one connection may carry several requests. A request on a used connection that turns out to be closed is repeated
    /// by the handler itself, which must not happen to one that changes something.
    /// </param>
    public static HttpMessageInvoker Open(ApiOptions options, bool isReused)
    {
#pragma warning disable CA2000 // The invoker owns it.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = options.Proxy is not null,
            Proxy = options.Proxy is null ? null : new WebProxy(options.Proxy),
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = options.Concurrency,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            // What is not read is thrown away; what is long is thrown away with its connection.
            MaxResponseDrainSize = 1 << 16,
            PooledConnectionLifetime = isReused ? TimeSpan.FromMinutes(2) : TimeSpan.Zero,
        };
#pragma warning restore CA2000
        if (options.Url.Scheme == "http")
        {
            handler.UseProxy = false;
            handler.ConnectCallback = ConnectToThisMachine;
        }

        return new HttpMessageInvoker(handler);
    }

    /// <summary>A name such as localhost is only believed to be this machine when the connection says so.</summary>
    private static async ValueTask<Stream> ConnectToThisMachine(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
#pragma warning disable CA2000 // The stream owns it, and where there is none it is disposed.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return socket.RemoteEndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
                ? new NetworkStream(socket, ownsSocket: true)
                : throw new IOException("Without TLS a key is sent to this machine only.");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
