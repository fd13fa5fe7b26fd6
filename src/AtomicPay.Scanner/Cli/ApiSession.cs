using System.Globalization;
using AtomicPay.Scanner.Api;
using AtomicPay.Scanner.Api.Revoking;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.Terminal;

namespace AtomicPay.Scanner.Cli;

/// <summary>What one run asks the API for, with what is shown of it and what the user is asked.</summary>
internal sealed class ApiSession : IDisposable
{
    private readonly ScanOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly ApiClient _client;
    private readonly Verifier _verifier;

    public ApiSession(ScanOptions options, CancellationToken cancellation)
    {
        PrivateMemory.Keep();
        (_options, _cancellation) = (options, cancellation);
        _client = new ApiClient(options.Api, TimeProvider.System);
        _verifier = new Verifier(_client, options.Api);
    }

    /// <summary>The findings with what the API says of each.</summary>
    public ScanResult Verify(ScanResult found)
    {
        var mode = _options.Verify == VerifyMode.Off ? VerifyMode.Liveness : _options.Verify;
        var verification = new FindingVerification(_verifier, mode, _options.VerifyCandidates);
        using var progress = Watch(found, () => string.Create(
            CultureInfo.InvariantCulture, $"asked {_options.Api.Url.Host} about {verification.Answered:N0} of {verification.Keys:N0} keys"));
        return verification.Verify(found, _cancellation).GetAwaiter().GetResult();
    }

    /// <summary>Shows the plan, asks, revokes, and shows what came of it.</summary>
    /// <param name="verified">Findings that the API was asked about.</param>
    /// <param name="revoke">How.</param>
    /// <param name="open">Where plan and outcome are shown.</param>
    /// <param name="style">What can be shown there.</param>
    public ScanResult Revoke(ScanResult verified, RevokeOptions revoke, Func<Stream> open, ReportStyle style)
    {
        var plan = RevocationPlan.Of(verified);
        var endpoint = _options.Api.Url.GetLeftPart(UriPartial.Authority) + _options.Api.Paths[ApiOptions.RevokePath];
        Show(open, page => RevocationPage.WritePlan(page, plan.Result, endpoint, _options.Verbose), style);
        if (plan.Result.Findings.IsEmpty || revoke.PlanOnly)
        {
            return plan.Result;
        }

        if (WhyNot(plan, revoke) is { } refusal)
        {
            Complaint.Write(refusal);
            return plan.NotSent(refusal.TrimEnd('.'));
        }

        var result = Carry(plan, revoke);
        Show(open, page => RevocationPage.WriteOutcome(page, result, _options.Verbose), style);
        return result;
    }

    public void Dispose() => _client.Dispose();

    private static void Show(Func<Stream> open, Action<TerminalPage> write, ReportStyle style)
    {
        using var stream = open();
        using var page = new TerminalPage(stream, style);
        write(page);
    }

    /// <summary>Why the plan is not carried out; null when it is.</summary>
    private string? WhyNot(RevocationPlan plan, RevokeOptions revoke)
    {
        var live = plan.Live.Count;
        if (Surroundings.Refusal(Environment.GetEnvironmentVariable) is { } refusal)
        {
            return refusal;
        }

        if (live > revoke.Max)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{live} keys are live and --max is {revoke.Max}; nothing was revoked.");
        }

        if (live == 0 || revoke.Yes)
        {
            return null;
        }

        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Nothing was revoked: there is no terminal to ask on. Add --yes --max {live} to go on without being asked.");
        }

        var phrase = string.Create(CultureInfo.InvariantCulture, $"revoke {live}");
        Console.Error.Write($"This cannot be undone. Type {phrase} to go on, anything else to stop: ");
        try
        {
            // Not read here, so that an interruption ends the waiting.
            var typed = Task.Run(Console.ReadLine, _cancellation).WaitAsync(_cancellation).GetAwaiter().GetResult();
            return typed?.Trim() == phrase ? null : "Nothing was revoked.";
        }
        catch (OperationCanceledException)
        {
            return "Nothing was revoked.";
        }
    }

    private ScanResult Carry(RevocationPlan plan, RevokeOptions revoke)
    {
        try
        {
            var path = revoke.AuditFile ?? AuditFile.PathOf(Environment.GetEnvironmentVariable)
                ?? throw new AuditException("There is no home folder to keep the record of revocations in; name a file with --audit-file FILE.");
            // A key that is dead may be one whose revocation was cut short.
            if (plan.Live.Count > 0 || File.Exists(path))
            {
                RevokeEach(ref plan, revoke, path);
            }
        }
        catch (AuditException e)
        {
            Complaint.Write(e.Message);
            return plan.NotSent("the record of revocations cannot be kept");
        }
        catch (OperationCanceledException)
        {
            return plan.NotSent("interrupted") with { Interrupted = true };
        }

        return plan.Result;
    }

    /// <param name="plan">Kept up to date, also when it ends early.</param>
    /// <param name="revoke">How.</param>
    /// <param name="path">The audit file.</param>
    private void RevokeEach(ref RevocationPlan plan, RevokeOptions revoke, string path)
    {
        using var audit = AuditFile.Open(path, TimeProvider.System);
        var revoker = new Revoker(_client, _verifier, audit, _options.Api, revoke, TimeProvider.System);
        var (done, keys) = (0, plan.Exact);
        using (Watch(plan.Result, () => string.Create(CultureInfo.InvariantCulture, $"revoking, {done:N0} of {keys.Count:N0} keys done")))
        {
            foreach (var key in keys)
            {
                var (verification, revocation) = revoker.Revoke(key, _cancellation).GetAwaiter().GetResult();
                plan = plan.With(key, verification, revocation);
                done++;
            }
        }

        if (!_options.Quiet && audit.Entries.Count > 0)
        {
            Console.Error.WriteLine(Complaint.Mask(string.Create(CultureInfo.InvariantCulture, $"Recorded in {path}, {audit.Entries.Count} lines, last hash {audit.Head[..16]}.")));
        }
    }

    private ScanProgress? Watch(ScanResult result, Func<string> phase)
    {
        var keys = result.Findings.Select(f => f.Secret).Distinct().Count();
        return ConsoleSurface.Watch(_options, () => new ScanActivity(phase(), result.Counts, keys));
    }
}
