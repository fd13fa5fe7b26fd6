using AtomicPay.Scanner.Evaluation;

return args switch
{
    ["read", var truth, ..] => Reading.Run(Corpus.Load(truth)),
    ["explain", var file] => Explanation.Run(file),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project tests/AtomicPay.Scanner.Evaluation -- COMMAND FILE

          read TRUTH.json     what is found and read, by effect, size, font and format, and how well confidence is calibrated
          explain PICTURE     what is seen on each line
        """);
    return 2;
}
