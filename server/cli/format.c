#include "server/cli/format.h"

#define FORMAT_ENTRY(name) &format_##name,
const Format *const formats_all[] = {FORMATS(FORMAT_ENTRY) NULL};
#undef FORMAT_ENTRY

const Format *format_find(Str name)
{
    for (const Format *const *format = formats_all; *format != NULL; format++) {
        if (str_equal(str_of((*format)->name), name)) {
            return *format;
        }
    }
    return NULL;
}

/* Counts */

static void count_findings(FindingCounts *counts, FindingCount more)
{
    for (uint32_t i = 0; i < counts->count; i++) {
        if (counts->items[i].rule == more.rule && counts->items[i].severity == more.severity) {
            counts->items[i].count += more.count;
            return;
        }
    }
    *array_add(counts) = more;
}

/* Each rule and severity once, in the order of the text. */
static void summarise_findings(FileSummary *summary, Findings findings, Arena *arena)
{
    FindingCounts counts = {0};
    for (uint32_t i = 0; i < findings.count; i++) {
        const Finding *finding = &findings.items[i];
        count_findings(&counts, (FindingCount){finding->rule, finding->severity, 1});
    }
    FindingCount *copy = ARENA_NEW(arena, FindingCount, counts.count);
    for (uint32_t i = 0; i < counts.count; i++) {
        copy[i] = counts.items[i];
    }
    summary->counts = copy;
    summary->count_count = counts.count;
    array_finish(&counts);
}

/* Summaries */

static bool leaves_unfinished(const Rule *rule)
{
    Str code = str_of(rule->code);
    return str_equal(code, STR("placeholder-text")) || str_equal(code, STR("empty-section"));
}

static ArticleState state_of(const FileSummary *summary)
{
    ArticleState state = ARTICLE_READY;
    for (uint32_t i = 0; i < summary->count_count; i++) {
        const FindingCount *count = &summary->counts[i];
        if (count->severity <= SEVERITY_WARNING) {
            if (leaves_unfinished(count->rule)) {
                return ARTICLE_UNFINISHED;
            }
            state = ARTICLE_FLAWED;
        }
    }
    return state;
}

static void summarise_sections(FileSummary *summary, const Article *article, Symbols symbols)
{
    summary->sections = symbols.count;
    summary->words = outline_lead_words(&article->outline, article->document);
    for (uint32_t i = 0; i < symbols.count; i++) {
        summary->unfinished += symbols.items[i].state != SECTION_WRITTEN;
        if (!article->outline.headings[i].nested) {
            summary->words += outline_words(&article->outline, article->document, i);
        }
    }
}

void format_summarise(const Format *format, CheckedFile *file, Arena *arena)
{
    FileSummary summary = {.path = file->path, .uri = file->uri, .error = file->error};
    if (file->error != NULL) {
        summary.state = ARTICLE_UNREADABLE;
    } else {
        summarise_findings(&summary, file->findings, arena);
        summary.state = state_of(&summary);
        if (format->counts_words) {
            file->symbols = symbols_of_findings(file->article, file->findings, arena);
            summarise_sections(&summary, file->article, file->symbols);
        }
    }
    file->summary = summary;
}

/* Runs */

static FileSummary copy_summary(const FileSummary *summary, Arena *arena)
{
    FileSummary copy = *summary;
    FindingCount *counts = ARENA_NEW(arena, FindingCount, summary->count_count);
    for (uint32_t i = 0; i < summary->count_count; i++) {
        counts[i] = summary->counts[i];
    }
    copy.counts = counts;
    copy.path = arena_copy(arena, summary->path);
    copy.uri = arena_copy(arena, summary->uri);
    if (summary->error != NULL) {
        copy.error = arena_copy(arena, str_of(summary->error)).data;
    }
    return copy;
}

void format_add(const Format *format, CheckedRun *run, const FileSummary *summary, Str part,
                Buf *out)
{
    *array_add(&run->files) = copy_summary(summary, &run->arena);
    run->articles += summary->error == NULL;
    for (uint32_t i = 0; i < summary->count_count; i++) {
        count_findings(&run->counts, summary->counts[i]);
    }
    if (format->gathers) {
        *array_add(&run->parts) = arena_copy(&run->arena, part);
    } else if (part.length > 0) {
        buf_append(out, run->printed ? str_of(format->separator) : (Str){0});
        buf_append(out, part);
        run->printed = true;
    }
}

void checked_run_finish(CheckedRun *run)
{
    if (run != NULL) {
        array_finish(&run->files);
        array_finish(&run->parts);
        array_finish(&run->counts);
        arena_finish(&run->arena);
        *run = (CheckedRun){0};
    }
}

Str checked_run_verdict(const CheckedRun *run, Arena *arena)
{
    Str verdict = verdict_of_counts(run->counts.items, run->counts.count, arena);
    uint32_t unread = run->files.count - run->articles;
    return unread == 0 ? verdict
                       : arena_printf(arena, "%.*s; %u %s not read", STR_ARG(verdict), unread,
                                      unread == 1 ? "file" : "files");
}

uint32_t checked_run_count(const CheckedRun *run, Severity severity)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < run->counts.count; i++) {
        total += run->counts.items[i].severity == severity ? run->counts.items[i].count : 0;
    }
    return total;
}
