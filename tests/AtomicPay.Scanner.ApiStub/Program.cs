using System.CommandLine;
using AtomicPay.Scanner.ApiStub;

// A stand-in for the AtomicPay API, to try `--verify` and `revoke` without a key that was ever issued: every text of the form
// of a key is live until it is revoked.
var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 for a free one.", DefaultValueFactory = _ => 8427 };
var revocation = new Option<RevocationBehavior>("--revocation") { Description = "What happens to a key that is to be revoked." };
var faults = new Option<FaultKind[]>("--fault") { Description = "What goes wrong with every request. Repeatable: the first wins.", DefaultValueFactory = _ => [] };
var times = new Option<int>("--fault-times") { Description = "How many requests each fault befalls.", DefaultValueFactory = _ => int.MaxValue };
var limit = new Option<int>("--limit") { Description = "Requests a minute and key.", DefaultValueFactory = _ => 100 };
var tls = new Option<bool>("--tls") { Description = "Speak TLS with a certificate that nobody trusts." };
var root = new RootCommand("A stand-in for the AtomicPay API on loopback, for trying atomicpay-scan --verify and revoke.") { port, revocation, faults, times, limit, tls };
root.SetAction(async (line, cancellation) =>
{
    await using var server = await StubServer.Start(new StubOptions
    {
        Port = line.GetValue(port),
        Revocation = line.GetValue(revocation),
        Limit = line.GetValue(limit),
        Tls = line.GetValue(tls),
        EveryKeyIsLive = true,
        Log = Console.Out,
    });
    foreach (var kind in line.GetValue(faults)!)
    {
        server.Add(new Fault(kind) { Times = line.GetValue(times), Target = "http://localhost:9/" });
    }

    await Console.Out.WriteLineAsync($"Listening on {server.Url.GetLeftPart(UriPartial.Authority)}; every atpay_ key is live until it is revoked. Ctrl+C ends it.");
    await server.Stopped(cancellation);
});
return await root.Parse(args).InvokeAsync();
