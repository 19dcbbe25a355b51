using Kinerja.Benchmarks;

return await Tool.Run(args);
