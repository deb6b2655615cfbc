# galley. `make help` lists the targets; README.md says what they are for.
#
#   MODE=release|debug|sanitize|stress   how objects are built, each under build/MODE/
#   T=rules/heading-jump                 only the tests whose name contains this
#   UPDATE=1                             rewrite expectations; the diff is the review
#   V=1                                  show commands

MODE    ?= release
BUILD   := build/$(MODE)
Q       := $(if $(V),,@)
VERSION := 0.1.0

LIBRARIES := libuv jansson md4c yaml-0.1
PACKAGES  := pkg-config libuv1-dev libjansson-dev libmd4c-dev libyaml-dev libunistring-dev
TEST_PACKAGES := libcmocka-dev cmark npm neovim

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
            -Wundef -Wvla -Wwrite-strings -Wimplicit-fallthrough $(if $(CI),-Werror)
OPTIMISE := -O2 -g
FLAGS_release  := $(OPTIMISE)
FLAGS_debug    := -O0 -g3 -DDEBUG
FLAGS_sanitize := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -DDEBUG
FLAGS_stress   := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -DDEBUG -DSTRESS

CFLAGS_ALL  = -std=c17 -D_GNU_SOURCE -I. -I$(BUILD)/generated -DGALLEY_VERSION='"$(VERSION)"' \
              $(WARNINGS) $(FLAGS_$(MODE)) $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null) $(CFLAGS)
LDFLAGS_ALL = $(FLAGS_$(MODE)) $(LDFLAGS)
LDLIBS_ALL  = $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) $(LDLIBS)

# A generator is a program of one file, generate.c, that the build runs; it is no part of the server.
sources     = $(sort $(shell find $(1) -name '*.c' ! -name 'generate.c' 2>/dev/null))
objects     = $(patsubst %.c,$(BUILD)/%.o,$(1))
LIBRARY_OBJECTS := $(call objects,$(call sources,protocol) $(filter-out server/main.c,$(call sources,server)))

.PHONY: all
all: $(BUILD)/galley ## build build/galley
	$(Q)mkdir -p build && ln -sf $(MODE)/galley build/galley

# Objects

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

$(BUILD)/libgalley.a: $(LIBRARY_OBJECTS)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/galley: $(BUILD)/server/main.o $(BUILD)/libgalley.a
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(LDLIBS_ALL) -o $@

# Tables: server/NAME/generate.c prints generated/NAME_table.h, from the data files beside it

$(BUILD)/generators/%: server/%/generate.c Makefile
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -MMD -MP -MF $@.d $(filter %.c %.o,$^) $(GENERATOR_LIBS) -o $@

$(BUILD)/generated/%_table.h: $(BUILD)/generators/%
	@mkdir -p $(@D)
	$(Q)$< $(filter %.txt,$^) > $@.new && mv $@.new $@

$(BUILD)/generators/unicode: GENERATOR_LIBS := -lunistring
$(BUILD)/server/unicode/unicode.o: $(BUILD)/generated/unicode_table.h

# Unit tests: one program for each file of tests/unit

UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(call sources,tests/unit))

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libgalley.a
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(LDLIBS_ALL) $(TEST_LIBS) -lcmocka -o $@

$(BUILD)/tests/unit/unicode: TEST_LIBS := -lunistring

.PRECIOUS: $(BUILD)/%.o

.PHONY: clean
clean: ## remove everything that was built
	rm -rf build

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | sort | awk -F'\t' '{printf "  %-14s %s\n", $$1, $$2}'

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
