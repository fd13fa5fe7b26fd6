using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using AtomicPay.Scanner.Config;

namespace AtomicPay.Scanner.Cli;

/// <summary>The options that say where the API is and how to ask it; each has a variable that sets it too.</summary>
internal sealed class ApiArguments
{
    private readonly Dictionary<string, Option<string[]>> _options = new()
    {
        ["url"] = New("url", "URL", "The address of the AtomicPay API; https, or http on this machine. [default: https://api.atomicpay.com.br]"),
        ["auth"] = New("auth", "bearer|x-api-key", "The header that carries the key. [default: bearer]"),
        ["path"] = New("path", "NAME=/PATH", "A path of the API: verify, revoke, products.read, ... Repeatable. [default: verify=/v1/products]"),
        ["timeout"] = New("timeout", "SECONDS", "How long one request may take. [default: 10]"),
        ["proxy"] = New("proxy", "URL", "A proxy for these requests; none is used otherwise."),
    };

    public IEnumerable<Option> Options => _options.Values;

    /// <summary>Says what is wrong with the options.</summary>
    public void Check(CommandResult line)
    {
        foreach (var setting in Of(line.GetValue))
        {
            if (ApiOptions.WhyNot(setting.Name, setting.Value) is { } why)
            {
                line.AddError($"{_options[setting.Name].Name}: {why}");
            }
        }
    }

    /// <summary>What the command line says.</summary>
    public ImmutableArray<ApiSetting> Of(Func<Option<string[]>, string[]?> valueOf) =>
        [.. _options.SelectMany(o => (valueOf(o.Value) ?? []).Select(value => new ApiSetting(o.Key, value)))];

    private static Option<string[]> New(string name, string helpName, string description) => new($"--api-{name}")
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => [],
    };
}
