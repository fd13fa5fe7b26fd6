using System.Collections.Immutable;

namespace AtomicPay.Scanner.Config;

/// <summary>What one layer says about a scan: the options of the command line, the environment, or a file. Null where it is silent.</summary>
internal sealed record ScanSettings
{
    public string? Configuration { get; init; }

    public BaselineFile? Baseline { get; init; }

    public ImmutableArray<AllowEntry>? Allow { get; init; }

    public bool? AllowComments { get; init; }

    public ImmutableArray<string>? Include { get; init; }

    public ImmutableArray<string>? Exclude { get; init; }

    public bool? Images { get; init; }

    public bool? Archives { get; init; }

    public ArchiveLimits? ArchiveLimits { get; init; }

    public ImmutableArray<string>? Rules { get; init; }

    public FailOn? FailOn { get; init; }

    public bool? AllowIncomplete { get; init; }

    public int? Jobs { get; init; }

    public bool? Cache { get; init; }

    /// <summary>What is said about the API: of one thing said twice the last counts.</summary>
    public ImmutableArray<ApiSetting> Api { get; init; } = [];

    /// <summary>The options of the command line before the environment, that before the file, and all before the defaults.</summary>
    /// <param name="request">What only the command line says, with the defaults of the rest.</param>
    /// <param name="options">What the command line says of what other layers may say too.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="read">Reads the configuration file of a name, or, for null, the one that lies in the repository; null when there is none.</param>
    /// <exception cref="ConfigurationException">A file or a variable is wrong.</exception>
    public static ScanOptions Resolve(
        ScanOptions request, ScanSettings options, Func<string, string?> environment, Func<string?, ConfigurationText?> read)
    {
        var layers = options.Over(EnvironmentVariables.Read(environment));
        var file = read(layers.Configuration) is { } text ? ConfigurationFile.Parse(text) : new ScanSettings();
        return layers.Over(file).Over(request);
    }

    private ScanSettings Over(ScanSettings below) => new()
    {
        Configuration = Configuration ?? below.Configuration,
        Baseline = Baseline ?? below.Baseline,
        Allow = Allow ?? below.Allow,
        AllowComments = AllowComments ?? below.AllowComments,
        Include = Include ?? below.Include,
        Exclude = Exclude ?? below.Exclude,
        Images = Images ?? below.Images,
        Archives = Archives ?? below.Archives,
        ArchiveLimits = ArchiveLimits ?? below.ArchiveLimits,
        Rules = Rules ?? below.Rules,
        FailOn = FailOn ?? below.FailOn,
        AllowIncomplete = AllowIncomplete ?? below.AllowIncomplete,
        Jobs = Jobs ?? below.Jobs,
        Cache = Cache ?? below.Cache,
        Api = [.. below.Api, .. Api],
    };

    private ScanOptions Over(ScanOptions defaults) => defaults with
    {
        Baseline = Baseline ?? defaults.Baseline,
        Allow = Allow ?? defaults.Allow,
        AllowComments = AllowComments ?? defaults.AllowComments,
        Include = Include ?? defaults.Include,
        Exclude = Exclude ?? defaults.Exclude,
        Images = Images ?? defaults.Images,
        Archives = Archives ?? defaults.Archives,
        ArchiveLimits = ArchiveLimits ?? defaults.ArchiveLimits,
        Rules = Rules ?? defaults.Rules,
        FailOn = FailOn ?? defaults.FailOn,
        AllowIncomplete = AllowIncomplete ?? defaults.AllowIncomplete,
        Jobs = Jobs ?? defaults.Jobs,
        Cache = Cache ?? defaults.Cache,
        Api = Api.Aggregate(defaults.Api, (api, setting) => api.With(setting.Name, setting.Value)),
    };
}
