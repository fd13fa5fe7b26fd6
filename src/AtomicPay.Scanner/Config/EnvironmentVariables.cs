using System.Collections.Immutable;
using System.Globalization;

namespace AtomicPay.Scanner.Config;

/// <summary>The settings that an environment makes. An empty variable is one that is not set.</summary>
internal static class EnvironmentVariables
{
    public const string Prefix = "ATOMICPAY_SCAN_";

    /// <exception cref="ConfigurationException">A variable has a value that it cannot have.</exception>
    public static ScanSettings Read(Func<string, string?> environment)
    {
        return new ScanSettings
        {
            Configuration = Value("CONFIG"),
            Baseline = Value("BASELINE") is { } baseline ? new BaselineFile(baseline, IsInRepository: false) : null,
            FailOn = Value("FAIL_ON") is { } failOn
                ? FailOnName.Parse(failOn) ?? throw Error("FAIL_ON", $"takes one of: {string.Join(", ", FailOnName.All)}")
                : null,
            AllowIncomplete = Flag("ALLOW_INCOMPLETE"),
            AllowComments = Flag("ALLOW_COMMENTS"),
            Images = Flag("IMAGES"),
            Archives = Flag("ARCHIVES"),
            Cache = Flag("CACHE"),
            Jobs = Value("JOBS") is { } jobs
                ? int.TryParse(jobs, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= ScanOptions.MostJobs
                    ? number
                    : throw Error("JOBS", $"takes a number from 1 to {ScanOptions.MostJobs}")
                : null,
            Api = [.. ApiOptions.Names.SelectMany(Api)],
        };

        string? Value(string name) => environment(Prefix + name) is { Length: > 0 } value ? value : null;

        bool? Flag(string name) => Value(name)?.ToLowerInvariant() switch
        {
            null => null,
            "1" or "true" or "yes" => true,
            "0" or "false" or "no" => false,
            _ => throw Error(name, "takes true or false"),
        };

        // Several paths stand in one variable.
        IEnumerable<ApiSetting> Api(string name) => (Value("API_" + name.ToUpperInvariant()) ?? "")
            .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(value => ApiOptions.WhyNot(name, value) is { } why ? throw new ConfigurationException($"{Prefix}API_{name.ToUpperInvariant()}: {why}") : new ApiSetting(name, value));
    }

    private static ConfigurationException Error(string name, string what) => new($"The environment variable {Prefix}{name} {what}.");
}
