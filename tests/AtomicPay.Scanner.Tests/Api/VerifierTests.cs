using AtomicPay.Scanner.Api;
using AtomicPay.Scanner.ApiStub;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Tests.Api;

/// <summary>Every row of the table that says which answer means what, and everything that can go wrong on the way.</summary>
public sealed class VerifierTests
{
    [Fact]
    public async Task A_key_that_is_accepted_is_live()
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue("products.read");

        (await api.Verify(key)).Liveness.ShouldBe(Liveness.Live);
        var request = api.Stub.Requests.Single(r => r.Key == key);
        (request.Method, request.Path, request.Query).ShouldBe(("GET", "/v1/products", "?limit=1"));
        request.Headers["User-Agent"].ShouldMatch(@"^atomicpay-scan/\d+\.\d+\.\d+$");
        request.Headers.Keys.ShouldNotContain("Cookie");
        request.Headers.Keys.ShouldNotContain("traceparent");
    }

    [Fact]
    public async Task A_key_that_lacks_the_permission_is_live()
    {
        await using var api = await ApiSide.Start();

        (await api.Verify(api.Stub.Keys.Issue("charges.write"))).Liveness.ShouldBe(Liveness.LiveWithoutPermission);
    }

    [Fact]
    public async Task A_key_that_is_not_known_is_dead()
    {
        await using var api = await ApiSide.Start();

        (await api.Verify(TestKey.New())).Liveness.ShouldBe(Liveness.Dead);
    }

    [Fact]
    public async Task Both_ways_of_authentication_work()
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue();
        api.Options = api.Options with { Authentication = ApiAuthentication.XApiKey };

        (await api.Verify(key)).Liveness.ShouldBe(Liveness.Live);
    }

    /// <summary>What is known of the answer; the public documentation states no more than the two types of this table.</summary>
    [Theory]
    [InlineData(401, "authentication_error", "dead")]
    [InlineData(401, "permission_error", "live-without-permission")]
    [InlineData(401, null, "unknown")]
    [InlineData(403, "permission_error", "live-without-permission")]
    [InlineData(403, null, "live-without-permission")]
    [InlineData(400, "invalid_request_error", "live-without-permission")]
    [InlineData(400, null, "unknown")]
    [InlineData(400, "authentication_error", "unknown")]
    [InlineData(404, "not_found_error", "live-without-permission")]
    [InlineData(404, null, "unknown")]
    [InlineData(422, "validation_error", "live-without-permission")]
    [InlineData(500, "api_error", "unknown")]
    [InlineData(503, "authentication_error", "unknown")]
    [InlineData(302, null, "unknown")]
    public async Task The_answer_decides(int status, string? type, string liveness)
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue();
        // The answer without a key stays as it is: 401.
        api.Stub.Add(new Fault(FaultKind.Answer) { Status = status, ErrorType = type, WithKeyOnly = true });

        Scanner.Reports.LivenessWords.NameOf((await api.Verify(key)).Liveness).ShouldBe(liveness);
    }

    [Theory]
    [InlineData(nameof(FaultKind.TooManyRequests), 5)]
    [InlineData(nameof(FaultKind.TooManyRequestsWithoutRetryAfter), 5)]
    [InlineData(nameof(FaultKind.ServerError), 5)]
    [InlineData(nameof(FaultKind.Silence), 5)]
    [InlineData(nameof(FaultKind.SlowDrip), 5)]
    [InlineData(nameof(FaultKind.ConnectionReset), 1)]
    [InlineData(nameof(FaultKind.WrongContentType), 1)]
    [InlineData(nameof(FaultKind.HugeBody), 1)]
    [InlineData(nameof(FaultKind.MalformedBody), 1)]
    [InlineData(nameof(FaultKind.Redirect), 1)]
    public async Task What_goes_wrong_is_unknown_and_never_dead(string kind, int requests)
    {
        await using var api = await ApiSide.Start();
        await using var elsewhere = await StubServer.Start(new StubOptions());
        api.Options = api.Options with { Timeout = TimeSpan.FromSeconds(10), Patience = TimeSpan.FromSeconds(3000) };
        if (kind is not (nameof(FaultKind.Silence) or nameof(FaultKind.SlowDrip)))
        {
            api.Options = api.Options with { Timeout = TimeSpan.FromSeconds(500) };
        }

        api.Stub.Add(new Fault(Enum.Parse<FaultKind>(kind)) { Target = $"{elsewhere.Url}v1/products", RetryAfter = "5" });
        // Dead, so that a body that is read too eagerly says so.
        var verification = await api.Verify(TestKey.New());

        verification.Liveness.ShouldBe(Liveness.Unknown, verification.Because);
        // Time that is up before the connection stands leaves no trace at the other side.
        api.Stub.Requests.Count.ShouldBeInRange(kind is nameof(FaultKind.Silence) or nameof(FaultKind.SlowDrip) ? 0 : requests, requests);
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(FaultKind.TooManyRequests))]
    [InlineData(nameof(FaultKind.TooManyRequestsWithoutRetryAfter))]
    [InlineData(nameof(FaultKind.ServerError))]
    public async Task What_passes_is_waited_for(string kind)
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue();
        api.Stub.Add(new Fault(Enum.Parse<FaultKind>(kind)) { Times = 2, RetryAfter = "3" });

        (await api.Verify(key)).Liveness.ShouldBe(Liveness.Live);
        api.Stub.Requests.Count(r => r.Key == key).ShouldBe(3);
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_not_waited_for()
    {
        await using var api = await ApiSide.Start();
        api.Stub.Add(new Fault(FaultKind.TooManyRequests) { RetryAfter = "86400" });

        (await api.Verify(TestKey.New())).Liveness.ShouldBe(Liveness.Unknown);
        api.Stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_limit_that_is_used_up_is_waited_for_before_the_next_request()
    {
        await using var api = await ApiSide.Start(new StubOptions { Limit = 2 });
        var key = api.Stub.Keys.Issue();
        var verification = await api.Verify(key, VerifyMode.Permissions);

        verification.Permissions.Count(p => p.Grant == Grant.Granted).ShouldBe(4);
        api.Stub.Requests.ShouldAllBe(r => r.Status != 429);
    }

    [Fact]
    public async Task No_connection_is_unknown()
    {
        await using var api = await ApiSide.Start();
        api.Options = api.Options with { Url = new Uri("http://127.0.0.1:1") };
        var verification = await api.Verify(TestKey.New());

        verification.Liveness.ShouldBe(Liveness.Unknown);
        verification.Because.ShouldContain("no connection");
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_key()
    {
        await using var api = await ApiSide.Start(new StubOptions { Tls = true });
        var verification = await api.Verify(api.Stub.Keys.Issue());

        verification.Liveness.ShouldBe(Liveness.Unknown);
        verification.Because.ShouldContain("certificate");
        api.Stub.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1")]
    [InlineData("/v1/no-such-resource")]
    public async Task A_path_that_answers_everybody_alike_says_nothing_about_a_key(string path)
    {
        await using var api = await ApiSide.Start();
        api.Options = api.Options.With("path", $"verify={path}");
        if (path != "/v1")
        {
            api.Stub.Add(new Fault(FaultKind.Answer) { Status = 404, ErrorType = "not_found_error" });
        }

        var verification = await api.Verify(api.Stub.Keys.Issue());

        verification.Liveness.ShouldBe(Liveness.Unknown);
        verification.Because.ShouldContain("says nothing");
    }

    [Fact]
    public async Task What_a_key_may_read_is_asked_once_each_and_nothing_else_is_tried()
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue("purchases.read", "customers.write");
        var verification = await api.Verify(key, VerifyMode.Permissions);

        verification.Liveness.ShouldBe(Liveness.Live);
        verification.Permissions.Select(p => $"{p.Permission} {p.Grant}").ShouldBe(
        [
            "purchases.read Granted", "customers.read Refused", "products.read Refused", "subscriptions.read Refused",
            "subscriptions.write NotAsked", "charges.write NotAsked", "customers.write NotAsked", "cards.write NotAsked", "cards.read NotAsked",
        ]);
        api.Stub.Requests.Where(r => r.Key == key).Select(r => $"{r.Method} {r.Path}").Order()
            .ShouldBe(["GET /v1/customers", "GET /v1/products", "GET /v1/purchases", "GET /v1/subscriptions"]);
    }

    [Fact]
    public async Task A_dead_key_is_not_asked_what_it_may_read()
    {
        await using var api = await ApiSide.Start();
        await api.Verify(TestKey.New(), VerifyMode.Permissions);

        api.Stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_thousand_keys_take_a_thousand_requests_a_few_at_once_and_no_429()
    {
        await using var api = await ApiSide.Start();
        var keys = Enumerable.Range(0, 1000).Select(i => ApiSide.Secret(i % 2 == 0 ? api.Stub.Keys.Issue() : TestKey.New())).ToList();
        var answered = 0;
        var verifications = await api.Verifier().VerifyAll(keys, VerifyMode.Liveness, _ => Interlocked.Increment(ref answered), TestContext.Current.CancellationToken);

        verifications.Values.Count(v => v.Liveness == Liveness.Live).ShouldBe(500);
        verifications.Values.Count(v => v.Liveness == Liveness.Dead).ShouldBe(500);
        answered.ShouldBe(1000);
        api.Stub.Requests.Where(r => r.Key is not null).GroupBy(r => r.Key).ShouldAllBe(r => r.Count() == 1);
        api.Stub.Requests.Count(r => r.Key is null).ShouldBe(1);
        api.Stub.Requests.ShouldAllBe(r => r.Status != 429);
        api.Stub.MostAtOnce.ShouldBeInRange(2, api.Options.Concurrency);
    }

    [Fact]
    public async Task An_API_that_is_down_is_not_waited_for_with_every_key()
    {
        await using var api = await ApiSide.Start();
        api.Stub.Add(new Fault(FaultKind.ServerError));
        var keys = Enumerable.Range(0, 300).Select(_ => ApiSide.Secret(TestKey.New())).ToList();
        var verifications = await api.Verifier().VerifyAll(keys, VerifyMode.Liveness, _ => { }, TestContext.Current.CancellationToken);

        verifications.Values.ShouldAllBe(v => v.Liveness == Liveness.Unknown);
        verifications.Count.ShouldBe(300);
        api.Stub.Requests.Count.ShouldBeLessThan(100);
    }

    [Theory]
    [InlineData("sk_live_1234567890abcdefghijkl")]
    [InlineData("atpay_short")]
    [InlineData("atpay_abcdefghijklmnopqrst\r\nX-Evil: 1")]
    public async Task What_is_no_AtomicPay_key_is_never_sent(string text)
    {
        await using var api = await ApiSide.Start();

        (await api.Verify(text)).Liveness.ShouldBe(Liveness.Unknown);
        api.Stub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_API_repeats_of_the_key_goes_nowhere()
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue();
        api.Stub.Add(new Fault(FaultKind.KeyEchoed));

        (await api.Verify(key)).ToString().ShouldNotContain(key[10..]);
    }

    [Fact]
    public async Task The_reading_of_a_picture_that_is_live_is_the_key()
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue();
        var place = new Place("a.png", PlaceKind.Worktree, Region: null, new PictureRegion(0, 0, 1, 1, 3), [], Exposure: null, 0.3);
        var finding = new Finding(Rules.RuleSet.Default.Rules[0], ApiSide.Secret(TestKey.New()), place, [])
        {
            OtherReadings = [ApiSide.Secret(key), ApiSide.Secret(TestKey.New())],
        };
        var result = new ScanResult(".", [finding], [], default, TimeSpan.Zero, Interrupted: false);

        var untried = (await Verification(0)).Findings.Single();
        untried.Verification!.Liveness.ShouldBe(Liveness.Unknown);
        api.Stub.Requests.ShouldBeEmpty();
        // One that is refused may be misread: that does not make the key dead.
        (await Verification(1)).Findings.Single().Verification!.Liveness.ShouldBe(Liveness.Unknown);
        var read = (await Verification(2)).Findings.Single();
        read.Verification!.Liveness.ShouldBe(Liveness.Live);
        read.Secret.Reveal().ShouldBe(key);

        Task<ScanResult> Verification(int readings) =>
            new FindingVerification(api.Verifier(), VerifyMode.Liveness, readings).Verify(result, TestContext.Current.CancellationToken);
    }
}
