//! What the words around a match do with it: deny it, doubt it, ask it, warn of it.
//!
//! Each context is a list of cue wordings in the phrase language and a scope that says where a cue must stand.

use nocere_model::Context;

use super::machine::{Machine, Tables};
use super::pattern::{self, Fault};
use super::program::{Compiler, Program};
use super::sentence::{Marks, Sentence};

/// The contexts that hold for one match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contexts(u32);

impl Contexts {
    /// Does this context hold?
    #[must_use]
    pub fn contains(self, context: Context) -> bool {
        self.0 & (1 << context as u32) != 0
    }

    /// The set of these contexts.
    #[must_use]
    pub fn of(all: &[Context]) -> Self {
        Self(all.iter().fold(0, |bits, context| bits | 1 << *context as u32))
    }

    pub(super) fn add(&mut self, context: Context) {
        self.0 |= 1 << context as u32;
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn holds_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// Where a cue must stand for the match to be in its context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Before the match in the same clause, with at most so many words between.
    Before(usize),
    /// After the match in the same clause, with at most so many words between.
    After(usize),
    /// Before the match in the same sentence, with at most so many words between.
    Earlier(usize),
    /// Anywhere in the same sentence.
    Sentence,
}

const CUES: &[(Context, Scope, &[&str])] = &[
    (
        Context::Negated,
        Scope::Before(8),
        &[
            "not !(only|just|merely|simply|to mention)",
            "never",
            "(neither|nor|nobody|hardly|rarely|scarcely|seldom)",
            "no (<word>|<word> <word>) (can|could|will|has|have|is|are|does|do|was|were|shows|show|showed|proves|prove|cures|puts|prevents|heals|fixes)",
            "no (one|amount of|form of|type of|kind of|single|such thing as)",
            "none of",
            "far from",
            "{fail} to",
            "(unable|unlikely|impossible) [for <word>] to",
            "{lack|refuse|cease|stop} [to]",
            "(little|insufficient|limited|lack of|absence of) [good|solid|scientific|clinical] (evidence|proof)",
            "(no longer|nothing)",
        ],
    ),
    (
        // What is put aside is short; what is offered in its place follows.
        Context::Negated,
        Scope::Before(4),
        &["(rather than|instead of|as opposed to)"],
    ),
    (
        Context::Negated,
        Scope::Before(2),
        &["no !(matter|doubt|wonder|need|more|longer|pain|side)", "without", "few"],
    ),
    (
        Context::Negated,
        Scope::After(1),
        &[
            "(is|are|was|were|does|do|did|can|will|should|could|would|has|have) (not|never)",
            "(is|are) (unlikely|impossible|unrealistic|rare|unproven|nonsense)",
        ],
    ),
    (
        Context::Hedged,
        Scope::Before(10),
        &[
            "(may|might|could|possibly|perhaps|maybe|sometimes|potentially|probably|reportedly|presumably|arguably)",
            "can (sometimes|often|occasionally|possibly|potentially)",
            "{seem|appear|tend} to",
            "(some|many|most) {person|patient|woman|client|man|user|runner}",
            "for (some|many|certain)",
            "(thought|believed|said|reported|suggested|shown in some cases|known) to",
            "in (some|certain|rare|many|a few) cases",
            "(likely|unlikely) to",
            "{suggest|hope|believe} [that]",
            "whether",
        ],
    ),
    (
        Context::Hedged,
        Scope::After(8),
        &["in (some|certain|many) cases", "for (some|many) [people]", "(perhaps|possibly|maybe)"],
    ),
    (
        Context::Conditional,
        Scope::Before(40),
        &[
            "^ (if|unless|whether|when|whenever|until|once|should you|in case)",
            "(if|unless|whether|until|in case)",
        ],
    ),
    (
        Context::Reported,
        Scope::Earlier(25),
        &[
            "(myth|myths|misconception|misconceptions|fallacy|misbelief|mistaken|falsely|wrongly|supposedly|allegedly)",
            "contrary to",
            "so called",
            "(people|some|many|they|he|she|others|who|that|which|ads|adverts|advertisements|marketers|products|websites|friends|gurus|sellers|companies) \
         ...2 {claim|believe|think|say|assume|promise|advertise|insist|tell|pretend}",
            "(claims|claim|claiming|promises|promising|advertised|marketed|touted) (of|that|to|as)",
            "(old|false|common|popular|outdated|flawed) [old] (belief|idea|notion|assumption|saying|advice|mentality)",
            "{debunk}",
            "{worry|fear} [that]",
            "(beware|be wary|be sceptical|be skeptical|steer clear) [of]",
            "(used to|once) (think|believe|be believed|be thought|say)",
            "(you may have|you might have|have you|you have) (heard|read|seen|been told)",
            "(anyone|someone|anybody|somebody) who",
            "as if",
            "(historically|traditionally|mythology|folklore)",
            "(assumption|assumptions) [is|was] that",
            "(are|is|were|was|been) (told|taught|led to believe)",
            // A belief of the past, and what a school or an advertisement says of itself.
            "(has|have|had|was|were) [also|long|often|once] been [long] (believed|thought|said|held|supposed)",
            "(was|were) [also|long|often|once|widely] (believed|thought|said|held|supposed)",
            "{purport|allege|assert|posit|theorise|theorize|hypothesise|hypothesize|contend} [to|that]",
            "(advertisement|advertisements|advert|adverts|ad|ads|seller|sellers|manufacturers|makers|proponents|advocates|practitioners|chiropractors|osteopaths|principles|tradition|traditions|theory|theories|philosophy) [of <word>|of <word> <word>] \
         ...2 {claim|believe|think|say|assume|promise|insist|hold|teach|argue|want}",
            "(the|their|whose|one|this|basic|underlying) (idea|theory|notion|belief|concept|premise) (is|was|behind)",
            "(based|founded|built|rests|rest|relies|premised) on ...3 (idea|theory|notion|belief|concept|premise|philosophy|principle|principles)",
            "(traditional|ancient|classical|eastern|oriental) ...3 {explain|describe|hold|teach|regard|believe|consider|follow|assume|view|see|call}",
            "(according to|follows|following|in|under) [the] (traditional|ancient|classical|eastern|oriental) ...2 (medicine|theory|thinking|philosophy|principles|belief|beliefs|texts)",
            "(challenged|questioned|disputed|doubted) [whether|that]",
        ],
    ),
    (
        Context::Reported,
        Scope::Sentence,
        &[
            "(is|are) (a|an|just a|simply a|one) [common|popular|big|old|dangerous] (myth|myths|misconception|fallacy|lie|nonsense)",
            "(mentality|mindset|cliche|slogan|hype|fad|fads|too good to be true)",
            "(dogma|pseudoscience|pseudoscientific|unscientific|debunked|discredited|vitalism|vitalistic|quackery|folklore|construct)",
            "(substantiated|unsubstantiated|misleadingly|complainant|were upheld|was upheld|not upheld)",
        ],
    ),
    (
        Context::Warning,
        Scope::Before(12),
        &[
            "> (do not|avoid|avoiding|never|stop|beware|refrain|please do not|be careful|resist|skip)",
            "(should|must|shall|ought|can|better) (not|never|avoid|stop)",
            "(avoid|avoiding|without|rather than|instead of|not recommended|refrain from|warned against|contraindicated)",
            "(important|vital|crucial|essential|try|sure|careful|best|wise|advised|want|need) not to",
        ],
    ),
    (
        Context::Warning,
        Scope::After(3),
        &[
            "(will|can|may|could|tends to|tend to|only) ...2 (set you back|worse|worsen|delay|prolong|slow|aggravate|backfire|harm)",
            "(is|are) (dangerous|risky|unwise|counterproductive|harmful|a mistake|a bad idea)",
        ],
    ),
    (
        Context::Option,
        Scope::Before(12),
        &[
            "> (or|alternatively|optionally|optional)",
            "(or|alternatively|optionally|optional)",
            "(you can|you could|you may|you might) (also|even|instead|choose to|use|add|try|perform|do|place|hold)",
            "(variation|variations|progression|regression|modification|easier|harder|advanced version|advanced)",
            "if (you|this|it|needed|necessary|possible|desired|preferred|available|that)",
        ],
    ),
    (
        // The clause that says what for ends at its comma; what is offered comes behind it.
        Context::Option,
        Scope::Earlier(16),
        &[
            "^ (to|for) (make|increase|progress|intensify|challenge|add|a harder|a more|more|an advanced|an extra|extra|a greater|a deeper)",
            "^ for (a|an|more|extra|added|additional|greater) ...2 (challenge|difficulty|intensity|resistance|version|stretch)",
        ],
    ),
    (
        Context::Option,
        Scope::After(3),
        &[
            "(if|as) (needed|desired|you like|you prefer|you wish|you want|necessary|available)",
            "(is|are) optional",
        ],
    ),
    (
        Context::SetUp,
        Scope::Before(8),
        &[
            "(before|prior to) (you|starting|beginning|lifting|lying|standing)",
            "(unrack|rack|set up|load|adjust|grab|pick up|position yourself|take) ...6 (rack|rack|bench|machine|seat|pad|bar|barbell)",
            "(from|off|out of|onto|on) [the] (rack|racks|pins|hooks|supports)",
        ],
    ),
    (
        Context::Aim,
        Scope::Before(6),
        &[
            "{want|wish|hope|aim|try|strive|seek|attempt|intend|need|like|plan|desire} to",
            "{look} (to|for)",
            "(intended|meant|used|supposed) (to|for)",
            "in order to",
            "(used|use|using) [<word>] <word> to",
            "(goal|aim|purpose|mission|focus|objective|attempt|effort) (is|of|was|to|will)",
            "(ways|steps|tips|how|what|things|measures|strategies|methods) ...2 to",
            "focus (on|upon)",
            "(focused|focuses|focusing|aimed|geared|works|work|working) (on|at|toward|towards)",
            "{specialise|specialize} in",
        ],
    ),
    (
        Context::History,
        Scope::Sentence,
        &[
            "(in|since|by|of|during) [the] [early|late|mid] <year>",
            "(century|centuries|ancient|middle ages|medieval|pioneer|founder|founded|graduated)",
        ],
    ),
    (
        Context::Cited,
        Scope::Sentence,
        &[
            "et al",
            ", <year>",
            "<number> [percent] of ...3 {patient|person|people|participant|adult|subject|case}",
            "(pmid|doi|cochrane)",
            "(published|reported) in [the|a] <year>",
            "(published|appearing|appeared) in",
            "(randomised|randomized|controlled) [controlled|clinical] {trial}",
            "(meta analysis|systematic review|placebo|control group|participants|statistically)",
            "(study|trial|review|paper|report) (by|from|of|at|in|published|conducted|led)",
            "(according to) [a|the|an] [<word>] (study|trial|review)",
        ],
    ),
];

/// One cue wording, compiled.
#[derive(Debug)]
struct Cue {
    context: Context,
    scope: Scope,
    program: Program,
}

/// All cue wordings.
#[derive(Debug)]
pub(super) struct Surroundings {
    cues: Vec<Cue>,
}

/// A cue found in a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct CuePlace {
    context: Context,
    scope: Scope,
    start: usize,
    end: usize,
}

impl Surroundings {
    pub(super) fn compile(compiler: &mut Compiler) -> Result<Self, Fault> {
        let mut cues = Vec::new();
        for (context, scope, patterns) in CUES {
            for source in *patterns {
                let program = compiler.program(&pattern::parse(source)?)?;
                cues.push(Cue { context: *context, scope: *scope, program });
            }
        }
        Ok(Self { cues })
    }

    /// Finds every cue of a sentence, once for all its matches.
    pub(super) fn read(&self, machine: &mut Machine, tokens: usize, places: &mut Vec<CuePlace>) {
        places.clear();
        for cue in &self.cues {
            for at in 0..tokens {
                if let Some(found) = machine.match_at(&cue.program, at) {
                    places.push(CuePlace {
                        context: cue.context,
                        scope: cue.scope,
                        start: found.start,
                        end: found.end,
                    });
                }
            }
        }
    }
}

/// The contexts of the match that spans these tokens.
pub(super) fn around(
    sentence: &Sentence,
    places: &[CuePlace],
    tables: Tables,
    start: usize,
    end: usize,
) -> Contexts {
    let mut contexts = Contexts::default();
    for place in places {
        if place.holds(sentence, start, end) {
            contexts.add(place.context);
        }
    }
    if sentence.question {
        contexts.add(Context::Question);
    }
    if sentence.tokens[start..end].iter().all(|token| token.marks.has(Marks::QUOTED)) {
        contexts.add(Context::Quoted);
    }
    if sentence.begins_command(tables.grammar, start) {
        contexts.add(Context::Imperative);
    }
    contexts
}

impl CuePlace {
    fn holds(&self, sentence: &Sentence, start: usize, end: usize) -> bool {
        let before = self.end <= start;
        let after = self.start >= end;
        let same_clause_before = before && sentence.clause(self.end - 1) == sentence.clause(start);
        let same_clause_after = after && sentence.clause(self.start) == sentence.clause(end - 1);
        match self.scope {
            Scope::Before(most) => same_clause_before && start - self.end <= most,
            Scope::After(most) => same_clause_after && self.start - end <= most,
            Scope::Earlier(most) => before && start - self.end <= most,
            Scope::Sentence => before || after,
        }
    }
}
