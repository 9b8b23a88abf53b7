using Orca.Plans;

namespace Orca.Tests.Plans;

public sealed class PlanProblemTests
{
    /// <summary>Keys beside a good scenario, where the problem is, and words that it holds.</summary>
    public static TheoryData<string, string, string> Keys => new()
    {
        { "\"scenario\": {}", "scenario", "Did you mean 'scenarios'?" },
        { "\"warmup\": \"5s\"", "warmup", "Did you mean 'warmUp'?" },
        { "\"fooBarBaz\": 1", "fooBarBaz", "Known are: $schema, name" },
        { "\"name\": 5", "name", "Expected a text, found the number 5" },
        { "\"name\": \"  \"", "name", "empty" },
        { "\"name\": null", "name", "Leave the key out" },
        { "\"name\": \"a\\nb\"", "name", "control character" },
        { "\"name\": \"\\ud800\"", "name", "surrogate" },
        { "\"grace\": \"5x\"", "grace", "'5x' is no duration" },
        { "\"grace\": \"-5s\"", "grace", "'-5s' is no duration" },
        { "\"grace\": 5", "grace", "Write a duration as 250ms" },
        { "\"grace\": \"8000h\"", "grace", "out of range" },
        { "\"setUpTimeout\": \"0s\"", "setUpTimeout", "out of range" },
        { "\"interval\": \"50ms\"", "interval", "from 100ms to 1h" },
        { "\"warmUp\": \"10s\"", "warmUp", "nothing would be measured" },
        { "\"quorum\": 0", "quorum", "from 1 to 10000" },
        { "\"quorum\": 2.5", "quorum", "no whole number" },
        { "\"quorum\": \"3\"", "quorum", "Expected a number of drones, found the text '3'" },
        { "\"quorum\": {}", "quorum.min", "'min' is missing" },
        { "\"quorum\": { \"min\": 3, \"max\": 2 }", "quorum.max", "fewer than the least" },
        { "\"quorum\": { \"min\": 3, \"wiat\": \"2s\" }", "quorum.wiat", "Did you mean 'wait'?" },
        { "\"seed\": 1e40", "seed", "out of range" },
        { "\"seed\": 9223372036854775808", "seed", "out of range" },
        { "\"precision\": 5", "precision", "from 1 to 4" },
        { "\"onDroneLost\": \"abrot\"", "onDroneLost", "Did you mean 'abort'?" },
        { "\"onDroneLost\": 1", "onDroneLost", "Known are: redistribute, continue, abort" },
        { "\"package\": \"Acme Shop\"", "package", "names no package" },
        { "\"package\": \"Acme@\"", "package", "names no package" },
        { "\"package\": \"Acme@1.0@2\"", "package", "names no package" },
        { "\"package\": \"../Acme\"", "package", "names no package" },
        { "\"target\": \"staging.example\"", "target", "no absolute address" },
        { "\"target\": \"localhost:8080\"", "target", "no absolute address" },
        { "\"target\": \"/a/b\"", "target", "no absolute address" },
        { "\"target\": \"http://\"", "target", "no absolute address" },
        { "\"limits\": { \"notStarted\": 1.5 }", "limits.notStarted", "from 0 to 1" },
        { "\"limits\": { \"delivred\": 0.5 }", "limits.delivred", "Did you mean 'delivered'?" },
        { "\"tags\": { \"a\": [] }", "tags.a", "Expected a text, found an array" },
        { "\"tags\": []", "tags", "Expected an object, found an array" },
        { "\"parameters\": { \"a\": null }", "parameters.a", "found null" },
        { "\"parameters\": { \"\": 1 }", "parameters['']", "no name for a parameter" },
        { "\"parameters\": { \"a:\": 1 }", "parameters.a:", "no name for a parameter" },
        { "\"parameters\": { \"a\": 1, \"A\": 2 }", "parameters.A", "there twice, case aside" },
        { "\"parameters\": { \"a\": { \"secret\": \"\" } }", "parameters.a.secret", "empty" },
        { "\"seed\": 1, \"seed\": 2", "seed", "The key is there twice" },
        { "\"parameters\": { \"a\": { \"b\": 1, \"b\": 2 } }", "parameters.a.b", "The key is there twice" },
        { "\"thresholds\": {}", "thresholds", "Expected an array" },
        { "\"thresholds\": [ 5 ]", "thresholds[0]", "Expected a threshold" },
        { "\"thresholds\": [ \"\" ]", "thresholds[0]", "empty" },
        { "\"thresholds\": [ \"browse p99 < 1s\", \"browse p99 250ms\" ]", "thresholds[1]", "at column 12, expected <, <=, >, >=, == or !=, found '250ms'" },
        { "\"thresholds\": [ \"brwose p99 < 1s\" ]", "thresholds[0]", "There is no scenario 'brwose' (orca.json). Did you mean 'browse'?" },
        { "\"thresholds\": [ { \"after\": \"1s\" } ]", "thresholds[0].that", "'that' is missing" },
        { "\"thresholds\": [ { \"that\": \"browse p99 < 1s\", \"abort\": \"yes\" } ]", "thresholds[0].abort", "Expected true or false" },
        { "\"thresholds\": [ { \"that\": \"browse p99 < 1s\", \"until\": \"1s\" } ]", "thresholds[0].until", "Known are: that, after, abort" },
    };

    public static TheoryData<string, string, string> Stages => new()
    {
        { "5", "", "Expected an object, found the number 5" },
        { "{}", "", "none of users, rate, iterations and pause" },
        { "{ \"user\": 5, \"for\": \"1m\" }", ".user", "Did you mean 'users'?" },
        { "{ \"users\": 5 }", ".for", "'for' is missing" },
        { "{ \"users\": 5, \"for\": \"0s\" }", ".for", "out of range" },
        { "{ \"users\": -5, \"for\": \"1m\" }", ".users", "from 0 to 1000000" },
        { "{ \"users\": \"5\", \"for\": \"1m\" }", ".users", "Expected a whole number, found the text '5'" },
        { "{ \"users\": 5, \"to\": 1000001, \"for\": \"1m\" }", ".to", "out of range" },
        { "{ \"users\": 5, \"for\": \"1m\", \"arrivals\": \"poisson\" }", ".arrivals", "does not belong to a stage of users" },
        { "{ \"rate\": 5, \"iterations\": 3, \"for\": \"1m\" }", "", "both 'rate' and 'iterations'" },
        { "{ \"rate\": -1, \"for\": \"1m\" }", ".rate", "no rate that can be run" },
        { "{ \"rate\": 0.0000001, \"for\": \"1m\" }", ".rate", "at most six decimals" },
        { "{ \"rate\": 1000000.5, \"for\": \"1m\" }", ".rate", "from 0 to 1000000" },
        { "{ \"rate\": 5, \"for\": \"1m\", \"arrivals\": \"poison\" }", ".arrivals", "Did you mean 'poisson'?" },
        { "{ \"rate\": 5, \"for\": \"1m\", \"users\": 101 }", ".users", "at most 100" },
        { "{ \"iterations\": 5, \"for\": \"1m\" }", ".users", "'users' is missing" },
        { "{ \"iterations\": 0, \"users\": 1, \"for\": \"1m\" }", ".iterations", "out of range" },
        { "{ \"iterations\": 5, \"users\": 0, \"for\": \"1m\" }", ".users", "out of range" },
        { "{ \"pause\": 5 }", ".pause", "Expected a duration" },
        { "{ \"users\": 5, \"for\": \"1m\" }, { \"pause\": \"1m\", \"for\": \"1m\" }", "[1].for", "does not belong to a stage of pause" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Read_OneBadKey_IsOneProblemAtItsPlace(string keys, string where, string words)
    {
        var problem = PlanTexts.Problem(PlanTexts.With(keys));

        Assert.Equal(where, problem.Where);
        Assert.Contains(words, problem.ToString());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void Read_OneBadStage_IsOneProblemAtItsPlace(string stage, string where, string words)
    {
        var problem = PlanTexts.Problem(PlanTexts.WithStage(stage));

        Assert.Equal("scenarios.browse.load" + (where.StartsWith('[') ? "" : "[0]") + where, problem.Where);
        Assert.Contains(words, problem.ToString());
    }

    [Theory]
    [InlineData("{ }", "scenarios", "'scenarios' is missing")]
    [InlineData("{ \"scenarios\": {} }", "scenarios", "There are 0 scenarios")]
    [InlineData("{ \"scenarios\": [] }", "scenarios", "Expected an object")]
    [InlineData("{ \"scenarios\": { \"a\": {} } }", "scenarios.a.load", "'load' is missing")]
    [InlineData("{ \"scenarios\": { \"a\": { \"load\": [] } } }", "scenarios.a.load", "no stages")]
    [InlineData("{ \"scenarios\": { \"a\": { \"load\": {} } } }", "scenarios.a.load", "Expected an array")]
    [InlineData("{ \"scenarios\": { \"a\": 3 } }", "scenarios.a", "Expected an object")]
    [InlineData("{ \"scenarios\": { \"swarm\": { \"load\": [ { \"users\": 1, \"for\": \"1s\" } ] } } }", "scenarios.swarm", "stands for all scenarios")]
    [InlineData("{ \"scenarios\": { \"a b\": { \"load\": [ { \"users\": 1, \"for\": \"1s\" } ] } } }", "scenarios['a b']", "is no scenario name")]
    [InlineData("{ \"scenarios\": { \"\": { \"load\": [ { \"users\": 1, \"for\": \"1s\" } ] } } }", "scenarios['']", "is no scenario name")]
    [InlineData("{ \"scenarios\": { \"a\": { \"load\": [ { \"users\": 0, \"for\": \"1s\" } ] } } }", "scenarios.a.load", "no load at all")]
    [InlineData("{ \"scenarios\": { \"a\": { \"load\": [ { \"users\": 1, \"for\": \"100h\" }, { \"pause\": \"100h\" } ] } } }", "scenarios.a.load", "ends past 7 days")]
    [InlineData("{ \"scenarios\": { \"a\": { \"load\": [ { \"users\": 1, \"for\": \"1s\" } ], \"connections\": \"peruser\" } } }", "scenarios.a.connections", "Did you mean 'perUser'?")]
    [InlineData("{ \"scenarios\": { \"a\": { \"load\": [ { \"users\": 1, \"for\": \"1s\" } ], \"maxUsers\": 0 } } }", "scenarios.a.maxUsers", "from 1 to 2000000")]
    public void Read_BadScenarios_IsOneProblem(string json, string where, string words)
    {
        var problem = PlanTexts.Problem(json);

        Assert.Equal(where, problem.Where);
        Assert.Contains(words, problem.ToString());
    }

    [Theory]
    [InlineData("", "The plan is empty")]
    [InlineData(" \n", "The plan is empty")]
    [InlineData("[]", "an array, not a JSON object")]
    [InlineData("\"x\"", "the text 'x', not a JSON object")]
    [InlineData("{\n  \"naïve\": \"ä\" x }", "line 2, column 16")]
    [InlineData("{ \"a\": 1 } }", "line 1, column 12")]
    [InlineData("{\n\n", "line 3, column 1")]
    public void Read_NoJson_IsOneProblemWithFileLineAndColumn(string json, string words)
    {
        var problem = PlanTexts.Problem(json);

        Assert.Equal("orca.json", problem.Where);
        Assert.Contains(words, problem.What);
        Assert.DoesNotContain("BytePosition", problem.What);
    }

    [Fact]
    public void Read_ManyMistakes_NamesThemAllWithLayerAndLine()
    {
        var problems = PlanTexts.Problems(
            """
            {
              "qourum": 3,
              "scenarios": {
                "browse": { "load": [ { "users": 5, "for": "5x" } ] },
              },
            }
            """,
            """
            {
              "precision": 9,
              "thresholds": [ "browse p99 <" ]
            }
            """);

        Assert.Equal(["qourum", "scenarios.browse.load[0].for", "thresholds[0]", "precision"], problems.Select(problem => problem.Where));
        Assert.Contains("(orca.json, line 2)", problems[0].What);
        Assert.Contains("(orca.json, line 4)", problems[1].What);
        Assert.Contains("(layer 1, line 3)", problems[2].What);
        Assert.Contains("(layer 1, line 2)", problems[3].What);
        Assert.All(problems, problem => Assert.False(string.IsNullOrEmpty(problem.Advice)));
    }

    [Fact]
    public void Read_ThousandsOfMistakes_NamesAHundredAndCountsTheRest()
    {
        var problems = PlanTexts.Problems(PlanTexts.With(string.Join(',', Enumerable.Range(0, 3000).Select(i => $"\"xyz{i}\": 1"))));

        Assert.Equal(101, problems.Count);
        Assert.Contains("2900 problems more", problems[^1].What);
    }

    [Fact]
    public void Read_BadTargetWithPassword_ShowsNoPassword()
    {
        var problem = PlanTexts.Problem(PlanTexts.With("\"target\": \"http://me:geheim@\""));

        Assert.DoesNotContain("geheim", problem.ToString());
        Assert.Contains("***@", problem.ToString());
    }

    [Fact]
    public void Read_TooLongALayer_IsOneProblem() =>
        Assert.Contains("characters", PlanTexts.Problem(new string(' ', PlanLimits.LongestLayer + 1)).What);

    [Fact]
    public void Read_MutatedAndCutPlans_NeverThrows()
    {
        var read = 0;
        for (var seed = 0; seed < 800; seed++)
        {
            var random = new Random(seed);
            var text = Mutate(PlanTexts.Full, random);
            try
            {
                if (!PlanTexts.Read(PlanTexts.Full, text).TryGet(out var plan, out var problems))
                {
                    Assert.NotEmpty(problems);
                    Assert.All(problems, problem => Assert.True(problem.ToString().Length < 4000));
                    continue;
                }

                read++;
                PlanTexts.Plan(PlanFile.Write(plan));
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }

        Assert.InRange(read, 1, 799);
    }

    [Fact]
    public void FromSettings_AnyPathsAndValues_NeverThrows()
    {
        for (var seed = 0; seed < 800; seed++)
        {
            var random = new Random(seed);
            var settings = Enumerable.Range(0, 3).ToDictionary(i => Mutate("scenarios.browse['a'].load[0].for", random) + i, _ => Mutate("{\"a\":10}", random));
            if (PlanLayer.FromSettings("command line", settings).TryGet(out var layer, out _))
            {
                PlanTexts.Read(PlanTexts.Full, layer.Json).TryGet(out _, out _);
            }
        }
    }

    private static string Mutate(string text, Random random)
    {
        const string Pieces = "{}[]\",:'.0123456789-+eE\\u/*<>=% \n\0\ud800ä鯨abc";
        var chars = text.ToList();
        for (var n = random.Next(1, 6); n > 0 && chars.Count > 1; n--)
        {
            var at = random.Next(chars.Count);
            switch (random.Next(5))
            {
                case 0:
                    chars.RemoveRange(at, Math.Min(random.Next(1, 30), chars.Count - at));
                    break;
                case 1:
                    chars.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    chars[at] = Pieces[random.Next(Pieces.Length)];
                    break;
                case 3:
                    chars.InsertRange(at, chars.GetRange(at, Math.Min(random.Next(1, 60), chars.Count - at)));
                    break;
                default:
                    if (random.Next(4) == 0)
                    {
                        chars.RemoveRange(at, chars.Count - at);
                    }

                    break;
            }
        }

        return string.Concat(chars);
    }
}
