using System.CommandLine;
using System.CommandLine.Parsing;
using AtomicPay.Scanner.Config;

namespace AtomicPay.Scanner.Cli;

/// <summary>The options that say how keys are to be revoked.</summary>
internal sealed class RevokeArguments
{
    private const int LongestReason = 500;

    private readonly Option<bool> _plan = new("--plan") { Description = "Only show what would be revoked." };

    private readonly Option<bool> _yes = new("--yes") { Description = "Revoke without asking, for scripts. Needs --max." };

    private readonly Option<int?> _max = new("--max") { Description = "Revoke nothing when more than N keys are live.", HelpName = "N" };

    private readonly Option<string?> _reason = new("--reason") { Description = "Sent along with each revocation.", HelpName = "TEXT" };

    private readonly Option<int> _wait = new("--wait")
    {
        Description = "How long to wait for a revoked key to be refused.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 60,
    };

    private readonly Option<string?> _auditFile = new("--audit-file")
    {
        Description = "Where the record of revocations is kept. [default: atomicpay-scan/revocations.jsonl in $XDG_STATE_HOME or ~/.local/state]",
        HelpName = "FILE",
    };

    public IEnumerable<Option> Options => [_plan, _yes, _max, _reason, _wait, _auditFile];

    public void Check(CommandResult line)
    {
        if (line.GetValue(_yes) && line.GetValue(_max) is null)
        {
            line.AddError("--yes needs --max N, so that a scan that finds more than expected revokes nothing.");
        }

        if (line.GetValue(_yes) && line.GetValue(_plan))
        {
            line.AddError("--plan revokes nothing and --yes does not ask; give one of them.");
        }

        if (line.GetValue(_max) is < 0)
        {
            line.AddError("--max takes a number that is not negative.");
        }

        if (line.GetValue(_wait) is < 0 or > 3600)
        {
            line.AddError("--wait takes a number of seconds from 0 to 3600.");
        }

        if (line.GetValue(_reason) is { } reason && (reason.Length > LongestReason || Complaint.Mask(reason) != reason))
        {
            line.AddError($"--reason takes at most {LongestReason} characters and never a key.");
        }
    }

    public RevokeOptions Of(ParseResult line)
    {
        var options = new RevokeOptions
        {
            PlanOnly = line.GetValue(_plan),
            Yes = line.GetValue(_yes),
            Max = line.GetValue(_max),
            Wait = TimeSpan.FromSeconds(line.GetValue(_wait)),
            AuditFile = line.GetValue(_auditFile),
        };
        return line.GetValue(_reason) is { } reason ? options with { Reason = reason } : options;
    }
}
