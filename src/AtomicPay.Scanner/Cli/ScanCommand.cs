using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Reports;

namespace AtomicPay.Scanner.Cli;

/// <summary>The <c>scan</c> command: its options as data, and how a parsed line becomes <see cref="ScanOptions"/>.</summary>
internal sealed class ScanCommand : Command
{
    private static readonly string FormatNames = string.Join(", ", ReportFormats.All.Select(f => f.Name));

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Files, folders or repositories to scan; - reads standard input.",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => ["."],
    };

    private readonly Option<bool> _staged = new("--staged")
    {
        Description = "Scan only what is staged, for a pre-commit hook: reports the keys that the commit would add, not those that HEAD has in the same file or in one that the commit moves.",
    };

    private readonly Option<string?> _range = new("--range")
    {
        Description = "Scan only what the commits from BASE to HEAD bring, for a pull request: each against all of its parents, also what a later one removed. BASE...HEAD starts at the merge base; a BASE of forty zeros leaves out what other remote branches have.",
        HelpName = "BASE..HEAD",
    };

    private readonly Option<bool> _noHistory = new("--no-history")
    {
        Description = "Leave out the repository's object database: scan working files only.",
    };

    private readonly Option<bool> _noWorkTree = new("--no-worktree")
    {
        Description = "Leave out the working files: scan the repository's history only.",
    };

    private readonly Option<bool> _noImages = new("--no-images")
    {
        Description = "Do not read text in pictures.",
    };

    private readonly Option<bool> _noArchives = new("--no-archives")
    {
        Description = "Do not open archives and documents.",
    };

    private readonly Option<string[]> _include = new("--include")
    {
        Description = "Scan only paths that match this glob, relative to PATH. Repeatable.",
        HelpName = "GLOB",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _exclude = new("--exclude")
    {
        Description = "Leave out paths that match this glob, relative to PATH. Repeatable.",
        HelpName = "GLOB",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _rules = new("--rules")
    {
        Description = "Also look for keys by the rules of your own in this file; 'rules check' proves it. Repeatable. No file is used that is not named here.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = $"Read the configuration from this file, not from {ConfigurationFile.Name} at the root of the repository.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description = "Do not report the findings that this file lists; the command baseline writes it.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _noAllowComments = new("--no-allow-comments")
    {
        Description = "Report also keys that a comment on their line allows.",
    };

    private readonly Option<bool> _noSuppressed = new("--no-suppressed")
    {
        Description = "Leave what is allowed out of reports, and only count it. For GitHub, which opens alerts for it all the same.",
    };

    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "Do the I-th of N parts of the work: pictures and archives are dealt out, all else falls to the first.",
        HelpName = "I/N",
    };

    private readonly Option<string[]> _reports = new("--report")
    {
        Description = $"Write a report: {FormatNames}. Without FILE to standard output. Repeatable. [default: console]",
        HelpName = "FORMAT[=FILE]",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _purgePlan = new("--purge-plan")
    {
        Description = "Write how to take the keys out of the history with git filter-repo, step by step, and beside it the filter that the steps use. Runs nothing, and spells no key. A key that was pushed must be revoked first.",
        HelpName = "FILE",
    };

    private readonly Option<FailOn> _failOn = new("--fail-on")
    {
        Description = "What makes the exit code 1; live needs --verify or --revoke.",
        HelpName = "any|live|never",
        DefaultValueFactory = _ => FailOn.Any,
    };

    private readonly Option<bool> _allowIncomplete = new("--allow-incomplete")
    {
        Description = "Exit 0 also when something could not be scanned and no leak was found.",
    };

    private readonly Option<int> _jobs = new("--jobs")
    {
        Description = "How many threads scan.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<bool> _noCache = new("--no-cache")
    {
        Description = "Do not use or write the cache of packs that were scanned before.",
    };

    private readonly Option<ColorChoice> _color = new("--color")
    {
        Description = "When to use colour. NO_COLOR is respected.",
        HelpName = "auto|always|never",
        DefaultValueFactory = _ => ColorChoice.Auto,
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "No progress and no summary on standard error.",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "List everything that was not scanned, and every place of a key.",
    };

    private readonly Option<VerifyMode> _verify = new("--verify")
    {
        Description = "Ask the AtomicPay API which keys are live: one request that changes nothing for each. With permissions also what each may read.",
        HelpName = "permissions",
        DefaultValueFactory = _ => VerifyMode.Off,
    };

    private readonly Option<int> _verifyCandidates = new("--verify-candidates")
    {
        Description = "Of a key that was read off a picture and may be misread, try this many readings.",
        HelpName = "N",
    };

    private readonly Option<bool> _revoke = new("--revoke")
    {
        Description = "Revoke the keys that are found and live, and confirm that they are dead. Asks first.",
    };

    private readonly ApiArguments _api = new();

    private readonly RevokeArguments _revocation = new();

    public ScanCommand()
        : base("scan", "Find leaked AtomicPay keys in files, in a repository's history and in pictures.")
    {
        _reports.CompletionSources.Add([.. ReportFormats.All.Select(f => f.Name)]);
        Add(_paths);
        foreach (var option in (Option[])[_staged, _range, _noHistory, _noWorkTree, _noImages, _noArchives, _include, _exclude, _config, _rules, _baseline, _noAllowComments, _noSuppressed, _reports, _purgePlan, _failOn, _allowIncomplete, _jobs, _shard, _noCache, _color, _quiet, _verbose])
        {
            Add(option);
        }

        foreach (var option in (Option[])[_verify, _verifyCandidates, _revoke, .. _revocation.Options, .. _api.Options])
        {
            Add(option);
        }

        Validators.Add(line =>
        {
            try
            {
                CheckApi(line);
            }
            catch (InvalidOperationException)
            {
                // A value that cannot be understood cannot be asked for; the parser says what is wrong with it.
            }
        });
        Validators.Add(line =>
        {
            if (line.GetValue(_noHistory) && line.GetValue(_noWorkTree))
            {
                line.AddError("--no-history and --no-worktree together leave nothing to scan; give one of them.");
            }
        });
        Validators.Add(line =>
        {
            if (line.GetResult(_purgePlan) is { Implicit: false }
                && (line.GetValue(_staged) || line.GetResult(_range) is not null || line.GetValue(_noHistory) || line.GetResult(_shard) is not null))
            {
                line.AddError("--purge-plan needs all of the history: leave out --staged, --range, --no-history and --shard.");
            }
        });
        Validators.Add(line =>
        {
            var isStaged = line.GetValue(_staged);
            if (!isStaged && line.GetResult(_range) is null)
            {
                return;
            }

            var option = isStaged ? "--staged" : "--range";
            if (isStaged && line.GetResult(_range) is not null)
            {
                line.AddError("--staged and --range scan different things; give one of them.");
            }

            if (line.GetValue(_noHistory) || line.GetValue(_noWorkTree))
            {
                line.AddError($"{option} scans neither working files nor the rest of the history; leave out --no-history and --no-worktree.");
            }

            if (line.GetValue(_paths) is not ([] or [not "-"]))
            {
                line.AddError($"{option} scans one repository; give the path of one, or none for the one here.");
            }
        });
        _range.Validators.Add(value =>
        {
            if (value.Tokens is [{ Value: var text }] && RevisionRange.Parse(text) is null)
            {
                value.AddError(text.Contains("..", StringComparison.Ordinal)
                    ? $"--range takes BASE..HEAD with both sides named; '{text}' lacks one."
                    : $"--range takes two revisions; for what {text} brings write --range BASE..{text}, for example origin/main..{text}.");
            }
        });
        _paths.Validators.Add(value =>
        {
            // The parser takes an option that it does not know for a path.
            foreach (var token in value.Tokens.Where(t => t.Value.StartsWith('-') && t.Value != "-"))
            {
                value.AddError($"There is no option {token.Value}; for a file of that name write ./{token.Value}.");
            }
        });
        _shard.Validators.Add(value =>
        {
            if (value.Tokens is [{ Value: var text }] && Shard.Parse(text) is null)
            {
                value.AddError("--shard takes I/N, the number of this part and of how many, for example 1/4.");
            }
        });
        _jobs.Validators.Add(value =>
        {
            if (value.Tokens is [{ Value: var text }] && !(int.TryParse(text, CultureInfo.InvariantCulture, out var jobs) && jobs is >= 1 and <= ScanOptions.MostJobs))
            {
                value.AddError($"--jobs takes a number from 1 to {ScanOptions.MostJobs}.");
            }
        });
        _reports.Validators.Add(value =>
        {
            var targets = value.GetValueOrDefault<string[]>()!.Select(ReportTarget.Parse).ToList();
            foreach (var target in targets.Where(t => ReportFormats.Find(t.Format) is null))
            {
                value.AddError($"--report knows no format '{target.Format}'; it takes one of: {FormatNames}.");
            }

            foreach (var target in targets.Where(t => t.File is { Length: 0 }))
            {
                value.AddError($"--report {target.Format}= names no file; write --report {target.Format}=FILE.");
            }

            if (targets.Count(t => t.File is null) > 1)
            {
                value.AddError("Only one --report can go to standard output; give the others a file: --report FORMAT=FILE.");
            }
        });
        SetAction(line => ScanAction.Run(OptionsOf(line), SettingsOf(line)));
    }

    private void CheckApi(CommandResult line)
    {
        var (asks, revokes) = (line.GetValue(_verify) != VerifyMode.Off, line.GetValue(_revoke));
        if (line.GetValue(_failOn) == FailOn.Live && !asks && !revokes)
        {
            line.AddError("--fail-on live needs --verify: only the API knows which keys are live.");
        }

        if (line.GetValue(_verifyCandidates) is < 0 or > 32 || (line.GetValue(_verifyCandidates) > 0 && !asks && !revokes))
        {
            line.AddError("--verify-candidates takes a number from 0 to 32, and needs --verify.");
        }

        if (revokes && line.GetValue(_staged))
        {
            line.AddError("--revoke does not go with --staged: nothing is revoked from a commit hook. Run atomicpay-scan revoke by itself.");
        }

        if (revokes)
        {
            _revocation.Check(line);
        }
        else if (_revocation.Options.FirstOrDefault(o => line.GetResult(o) is { Implicit: false }) is { } stray)
        {
            line.AddError($"{stray.Name} needs --revoke.");
        }

        _api.Check(line);
    }

    /// <summary>The options that say what to scan and how, for other commands that scan.</summary>
    public IEnumerable<Option> Material => [_noHistory, _noWorkTree, _noImages, _noArchives, _include, _exclude, _config, _rules, _noAllowComments, _allowIncomplete, _jobs, _noCache, _color, _quiet];

    public Argument<string[]> Paths => _paths;

    /// <summary>What only the command line can say.</summary>
    public ScanOptions OptionsOf(ParseResult line) => new()
    {
        Verify = line.GetValue(_verify),
        VerifyCandidates = line.GetValue(_verifyCandidates),
        Revoke = line.GetValue(_revoke) ? _revocation.Of(line) : null,
        Paths = [.. line.GetValue(_paths)!],
        Staged = line.GetValue(_staged),
        Range = line.GetValue(_range) is { } range ? RevisionRange.Parse(range) : null,
        History = !line.GetValue(_noHistory),
        WorkTree = !line.GetValue(_noWorkTree),
        Reports = line.GetValue(_reports) is { Length: > 0 } reports ? [.. reports.Select(ReportTarget.Parse)] : [new ReportTarget("console", null)],
        PurgePlan = line.GetValue(_purgePlan),
        Previews = line.GetValue(_reports)!.Any(r => ReportFormats.Find(ReportTarget.Parse(r).Format)!.ShowsPictures),
        Shard = line.GetValue(_shard) is { } shard ? Shard.Parse(shard) : null,
        ReportSuppressed = !line.GetValue(_noSuppressed),
        Color = line.GetValue(_color),
        Quiet = line.GetValue(_quiet),
        Verbose = line.GetValue(_verbose),
    };

    /// <summary>What a file or the environment may say too; null for an option that is not given.</summary>
    public ScanSettings SettingsOf(ParseResult line)
    {
        return new ScanSettings
        {
            Configuration = line.GetValue(_config),
            Baseline = line.GetValue(_baseline) is { } baseline ? new BaselineFile(baseline, IsInRepository: false) : null,
            AllowComments = IsGiven(_noAllowComments) ? !line.GetValue(_noAllowComments) : null,
            Rules = IsGiven(_rules) ? [.. line.GetValue(_rules)!] : null,
            Include = IsGiven(_include) ? [.. line.GetValue(_include)!] : null,
            Exclude = IsGiven(_exclude) ? [.. line.GetValue(_exclude)!] : null,
            Images = IsGiven(_noImages) ? !line.GetValue(_noImages) : null,
            Archives = IsGiven(_noArchives) ? !line.GetValue(_noArchives) : null,
            FailOn = IsGiven(_failOn) ? line.GetValue(_failOn) : null,
            AllowIncomplete = IsGiven(_allowIncomplete) ? line.GetValue(_allowIncomplete) : null,
            Jobs = IsGiven(_jobs) ? line.GetValue(_jobs) : null,
            Cache = IsGiven(_noCache) ? !line.GetValue(_noCache) : null,
            Api = _api.Of(line.GetValue),
        };

        bool IsGiven(Option option) => line.GetResult(option) is { Implicit: false };
    }
}
