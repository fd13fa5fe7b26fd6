using AtomicPay.Scanner.Api.Revoking;
using AtomicPay.Scanner.ApiStub;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Tests.Api;

public sealed class RevokerTests
{
    [Fact]
    public async Task A_live_key_is_seen_live_revoked_and_seen_dead()
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue();
        var (verification, revocation) = await api.Revoke(key);

        revocation.Outcome.ShouldBe(RevocationOutcome.Confirmed);
        verification.Liveness.ShouldBe(Liveness.Dead);
        StepsOf(api, key).ShouldBe(["GET 200", "POST 200", "GET 401"]);
        var request = api.Stub.Requests.Single(r => r.Method == "POST");
        request.Path.ShouldBe("/v1/api-keys/revoke");
        request.Body.ShouldBe("""{"reason":"The key was found where it does not belong (atomicpay-scan)."}""");
        Guid.TryParse(request.Headers["Idempotency-Key"], out _).ShouldBeTrue();
        Audit(api).ShouldBe(["Intent", "Answer", "Outcome"]);
    }

    [Fact]
    public async Task A_dead_key_is_a_success_and_no_request_is_sent()
    {
        await using var api = await ApiSide.Start();
        var key = TestKey.New();

        (await api.Revoke(key)).Revocation.Outcome.ShouldBe(RevocationOutcome.AlreadyDead);
        StepsOf(api, key).ShouldBe(["GET 401"]);
    }

    [Fact]
    public async Task Running_it_again_is_a_success_and_sends_nothing()
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue();
        await api.Revoke(key);

        (await api.Revoke(key)).Revocation.Outcome.ShouldBe(RevocationOutcome.AlreadyDead);
        api.Stub.Requests.Count(r => r.Method == "POST").ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_stays_live_for_a_while_is_waited_for()
    {
        await using var api = await ApiSide.Start(new StubOptions { Revocation = RevocationBehavior.RevokesLater, StillLiveFor = TimeSpan.FromSeconds(20) });
        var key = api.Stub.Keys.Issue();

        (await api.Revoke(key)).Revocation.Outcome.ShouldBe(RevocationOutcome.Confirmed);
        StepsOf(api, key)[^1].ShouldBe("GET 401");
        StepsOf(api, key).Count(s => s == "GET 200").ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task An_API_that_only_says_so_is_not_believed()
    {
        await using var api = await ApiSide.Start(new StubOptions { Revocation = RevocationBehavior.AcceptsOnly });
        var key = api.Stub.Keys.Issue();
        var (verification, revocation) = await api.Revoke(key);

        revocation.Outcome.ShouldBe(RevocationOutcome.StillLive);
        verification.IsLive.ShouldBeTrue();
        api.Stub.Requests.Count(r => r.Method == "POST").ShouldBe(1);
    }

    [Fact]
    public async Task What_was_still_live_is_confirmed_by_the_next_run_once_it_is_dead()
    {
        await using var api = await ApiSide.Start(new StubOptions { Revocation = RevocationBehavior.AcceptsOnly });
        var key = api.Stub.Keys.Issue();
        await api.Revoke(key);
        api.Stub.Keys.Revoke(key, TimeSpan.Zero);

        (await api.Revoke(key)).Revocation.Outcome.ShouldBe(RevocationOutcome.Confirmed);
        api.Stub.Requests.Count(r => r.Method == "POST").ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_said()
    {
        await using var api = await ApiSide.Start(new StubOptions { Revocation = RevocationBehavior.Refuses });
        var key = api.Stub.Keys.Issue();

        (await api.Revoke(key)).Revocation.Outcome.ShouldBe(RevocationOutcome.Refused);
        StepsOf(api, key).ShouldBe(["GET 200", "POST 403"]);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task An_API_without_such_a_request_is_said(int status)
    {
        await using var api = await ApiSide.Start(new StubOptions { Revocation = RevocationBehavior.NotSupported, NotSupportedStatus = status });

        (await api.Revoke(api.Stub.Keys.Issue())).Revocation.Outcome.ShouldBe(RevocationOutcome.NotSupported);
    }

    [Fact]
    public async Task A_request_that_was_carried_out_but_not_answered_is_confirmed_and_not_repeated()
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue();
        api.Stub.Add(new Fault(FaultKind.CrashAfterRequest) { Method = "POST", Times = 1 });

        (await api.Revoke(key)).Revocation.Outcome.ShouldBe(RevocationOutcome.Confirmed);
        api.Stub.Requests.Count(r => r.Method == "POST").ShouldBe(1);
        StepsOf(api, key)[^1].ShouldBe("GET 401");
    }

    [Theory]
    [InlineData(nameof(FaultKind.ConnectionReset))]
    [InlineData(nameof(FaultKind.ServerError))]
    [InlineData(nameof(FaultKind.TooManyRequests))]
    [InlineData(nameof(FaultKind.TooManyRequestsWithoutRetryAfter))]
    [InlineData(nameof(FaultKind.WrongContentType))]
    [InlineData(nameof(FaultKind.MalformedBody))]
    [InlineData(nameof(FaultKind.HugeBody))]
    public async Task A_request_that_failed_is_sent_again_only_after_the_key_was_seen_live_and_under_the_same_name(string kind)
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue();
        api.Stub.Add(new Fault(Enum.Parse<FaultKind>(kind)) { Method = "POST", Times = 1 });

        (await api.Revoke(key)).Revocation.Outcome.ShouldBe(RevocationOutcome.Confirmed);
        var requests = api.Stub.Requests.Where(r => r.Key == key).ToList();
        requests.Select(r => r.Method).ShouldBe(["GET", "POST", "GET", "POST", "GET"]);
        requests.Where(r => r.Method == "POST").Select(r => r.Headers["Idempotency-Key"]).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_redirect_of_the_request_is_a_refusal_and_not_followed()
    {
        await using var api = await ApiSide.Start();
        await using var elsewhere = await StubServer.Start(new StubOptions());
        api.Stub.Add(new Fault(FaultKind.Redirect) { Method = "POST", Target = $"{elsewhere.Url}v1/api-keys/revoke" });

        (await api.Revoke(api.Stub.Keys.Issue())).Revocation.Outcome.ShouldBe(RevocationOutcome.Refused);
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_gives_up_after_three_requests_and_does_not_claim_anything()
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue();
        api.Stub.Add(new Fault(FaultKind.ServerError) { Method = "POST" });
        var (verification, revocation) = await api.Revoke(key);

        revocation.Outcome.ShouldBe(RevocationOutcome.Unknown);
        verification.IsLive.ShouldBeTrue();
        api.Stub.Requests.Count(r => r.Method == "POST").ShouldBe(3);
    }

    [Theory]
    [InlineData(nameof(FaultKind.WrongContentType))]
    [InlineData(nameof(FaultKind.ConnectionReset))]
    [InlineData(nameof(FaultKind.MalformedBody))]
    public async Task A_key_that_cannot_be_verified_is_not_revoked(string kind)
    {
        await using var api = await ApiSide.Start();
        api.Stub.Add(new Fault(Enum.Parse<FaultKind>(kind)) { Method = "GET" });

        (await api.Revoke(api.Stub.Keys.Issue())).Revocation.Outcome.ShouldBe(RevocationOutcome.NotSent);
        api.Stub.Requests.ShouldNotContain(r => r.Method == "POST");
    }

    [Fact]
    public async Task Nothing_but_a_401_counts_as_dead()
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue();
        api.Stub.Add(new Fault(FaultKind.ConnectionReset) { Method = "GET", WithKeyOnly = true, After = 1 });

        (await api.Revoke(key)).Revocation.Outcome.ShouldBe(RevocationOutcome.Unknown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_cut_short_while_the_request_was_under_way_goes_on_with_a_verification(bool isCarriedOut)
    {
        await using var api = await ApiSide.Start();
        var key = api.Stub.Keys.Issue();
        var hold = api.Stub.Add(new Fault(FaultKind.Hold) { Method = "POST", Times = 1 });
        using var stop = new CancellationTokenSource();
        var run = api.Revoke(key, stop.Token);
        await hold.Met;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
        if (isCarriedOut)
        {
            api.Stub.Keys.Revoke(key, TimeSpan.Zero);
        }

        (await api.Revoke(key)).Revocation.Outcome.ShouldBe(RevocationOutcome.Confirmed);
        var posts = api.Stub.Requests.Where(r => r.Method == "POST").ToList();
        posts.Count.ShouldBe(isCarriedOut ? 1 : 2);
        posts.Select(r => r.Headers["Idempotency-Key"]).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task What_was_accepted_before_it_was_cut_short_is_not_sent_again()
    {
        await using var api = await ApiSide.Start(new StubOptions { Revocation = RevocationBehavior.RevokesLater, StillLiveFor = TimeSpan.FromSeconds(30) });
        var key = api.Stub.Keys.Issue();
        var hold = api.Stub.Add(new Fault(FaultKind.Hold) { Method = "GET", WithKeyOnly = true, Times = 1, After = 1 });
        using var stop = new CancellationTokenSource();
        var run = api.Revoke(key, stop.Token);
        await hold.Met;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);

        (await api.Revoke(key)).Revocation.Outcome.ShouldBe(RevocationOutcome.Confirmed);
        api.Stub.Requests.Count(r => r.Method == "POST").ShouldBe(1);
    }

    private static string[] StepsOf(ApiSide api, string key) => [.. api.Stub.Requests.Where(r => r.Key == key).Select(r => $"{r.Method} {r.Status}")];

    private static string[] Audit(ApiSide api)
    {
        using var audit = AuditFile.Open(api.AuditPath, api.Time);
        return [.. audit.Entries.Select(e => e.Event.ToString())];
    }
}
