using System.CommandLine;
using System.CommandLine.Parsing;

namespace AtomicPay.Scanner.Cli;

/// <summary>Refuses keys where paths or a dash belong.</summary>
internal static class KeyArgument
{
    public static void Check(ArgumentResult value, bool takesPaths)
    {
        foreach (var token in value.Tokens)
        {
            if (Complaint.Mask(token.Value) != token.Value && !File.Exists(token.Value) && !Directory.Exists(token.Value))
            {
                value.AddError("A key is never an argument: other users of this machine can see it, and the shell remembers it. Write - instead and give the key on standard input.");
            }
            else if (token.Value != "-" && (!takesPaths || token.Value.StartsWith('-')))
            {
                value.AddError(takesPaths ? $"There is no option {token.Value}; for a file of that name write ./{token.Value}." : "Write - and give the key on standard input; for the keys in files write atomicpay-scan --verify PATH.");
            }
        }
    }
}
