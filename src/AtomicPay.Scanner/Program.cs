using AtomicPay.Scanner.Cli;

return CommandLine.Run(args);
