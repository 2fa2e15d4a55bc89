"""The collection in notes/: every paper and system it promises is there, and no link among the notes is dead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

NOTES = Path(__file__).parents[1] / "notes"

PROMISED = """
arxiv:1312.4314 Learning Factored Representations in a Deep Mixture of Experts
arxiv:1409.0473 Neural Machine Translation by Jointly Learning to Align and Translate
arxiv:1701.06538 Outrageously Large Neural Networks: The Sparsely-Gated Mixture-of-Experts Layer
arxiv:1706.03762 Attention Is All You Need
arxiv:1807.03819 Universal Transformers
arxiv:1810.04805 BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding
arxiv:2005.11401 Retrieval-Augmented Generation for Knowledge-Intensive NLP Tasks
arxiv:2010.11929 An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale
arxiv:2101.03961 Switch Transformers: Scaling to Trillion Parameter Models with Simple and Efficient Sparsity
arxiv:2104.09864 RoFormer: Enhanced Transformer with Rotary Position Embedding
arxiv:2111.09266 GFlowNet Foundations
arxiv:2112.02125 Examining Zero-Shot Vulnerability Repair with Large Language Models
arxiv:2112.04426 Improving language models by retrieving from trillions of tokens
arxiv:2112.09332 WebGPT: Browser-assisted question-answering with human feedback
arxiv:2202.01142 Pop Quiz! Can a Large Language Model Help With Reverse Engineering?
arxiv:2202.09368 Mixture-of-Experts with Expert Choice Routing
arxiv:2203.12533 Pathways: Asynchronous Distributed Dataflow for ML
arxiv:2203.14465 STaR: Bootstrapping Reasoning With Reasoning
arxiv:2203.15556 Training Compute-Optimal Large Language Models
arxiv:2204.02311 PaLM: Scaling Language Modeling with Pathways
arxiv:2205.11916 Large Language Models are Zero-Shot Reasoners
arxiv:2205.14135 FlashAttention
arxiv:2206.11795 Video PreTraining (VPT): Learning to Act by Watching Unlabeled Online Videos
arxiv:2208.13035 SoK: Decentralized Finance (DeFi) Attacks
arxiv:2209.01667 A Review of Sparse Expert Models in Deep Learning
arxiv:2210.11610 Large Language Models Can Self-Improve
arxiv:2211.01910 Large Language Models Are Human-Level Prompt Engineers
arxiv:2211.10435 PAL: Program-aided Language Models
arxiv:2211.15841 MegaBlocks: Efficient Sparse Training with Mixture-of-Experts
arxiv:2212.04089 Editing Models with Task Arithmetic
arxiv:2212.10496 Precise Zero-Shot Dense Retrieval without Relevance Labels
arxiv:2301.10226 A Watermark for Large Language Models
arxiv:2301.11305 DetectGPT: Zero-Shot Machine-Generated Text Detection using Probability Curvature
arxiv:2302.02083 Theory of Mind May Have Spontaneously Emerged in Large Language Models
arxiv:2302.02676 Chain of Hindsight Aligns Language Models with Feedback
arxiv:2302.04761 Toolformer: Language Models Can Teach Themselves to Use Tools
arxiv:2303.02506 Prismer: A Vision-Language Model with Multi-Task Experts
arxiv:2303.11156 Can AI-Generated Text be Reliably Detected?
arxiv:2303.12712 Sparks of Artificial General Intelligence: Early experiments with GPT-4
arxiv:2303.17491 Language Models can Solve Computer Tasks
arxiv:2303.17564 BloombergGPT: A Large Language Model for Finance
arxiv:2303.17580 HuggingGPT: Solving AI Tasks with ChatGPT and its Friends in Hugging Face
arxiv:2303.17951 FP8 versus INT8 for efficient deep learning inference
arxiv:2304.03442 Generative Agents: Interactive Simulacra of Human Behavior
arxiv:2304.04736 On the Possibilities of AI-Generated Text Detection
arxiv:2304.05128 Teaching Large Language Models to Self-Debug
arxiv:2304.10149 Is ChatGPT a Good Recommender? A Preliminary Study
arxiv:2304.12749 Blockchain Large Language Models
arxiv:2304.13734 The Internal State of an LLM Knows When It's Lying
arxiv:2304.15004 Are Emergent Abilities of Large Language Models a Mirage?
arxiv:2305.08291 Large Language Model Guided Tree-of-Thought
arxiv:2305.09612 Large Language Models are Built-in Autoregressive Search Engines
arxiv:2305.10403 PaLM 2 Technical Report
arxiv:2305.11206 LIMA: Less Is More for Alignment
arxiv:2305.14201 Goat: Fine-tuned LLaMA Outperforms GPT-4 on Arithmetic Tasks
arxiv:2305.15334 Gorilla: Large Language Model Connected with Massive APIs
arxiv:2305.15717 The False Promise of Imitating Proprietary LLMs
arxiv:2305.16264 Scaling Data-Constrained Language Models
arxiv:2305.16291 Voyager: An Open-Ended Embodied Agent with Large Language Models
arxiv:2305.17493 The Curse of Recursion: Training on Generated Data Makes Models Forget
arxiv:2305.18290 Direct Preference Optimization: Your Language Model is Secretly a Reward Model
arxiv:2305.20050 Let's Verify Step by Step
arxiv:2306.06070 Mind2Web: Towards a Generalist Agent for the Web
arxiv:2306.15195 Shikra: Unleashing Multimodal LLM's Referential Dialogue Magic
arxiv:2307.04349 RLTF: Reinforcement Learning from Unit Test Feedback
arxiv:2307.09009 How Is ChatGPT's Behavior Changing over Time?
arxiv:2307.09288 Llama 2: Open Foundation and Fine-Tuned Chat Models
arxiv:2309.05660 Hypothesis Search: Inductive Reasoning with Language Models
arxiv:2310.01405 Representation Engineering: A Top-Down Approach to AI Transparency
arxiv:2310.03714 DSPy: Compiling Declarative Language Model Calls into Self-Improving Pipelines
arxiv:2310.04363 Amortizing intractable inference in large language models
arxiv:2310.04406 Language Agent Tree Search Unifies Reasoning Acting and Planning in Language Models
arxiv:2310.12931 Eureka: Human-Level Reward Design via Coding Large Language Models
arxiv:2310.17157 Deja Vu: Contextual Sparsity for Efficient LLMs at Inference Time
arxiv:2311.00863 Training Dynamics of Contextual N-Grams in Language Models
arxiv:2311.17035 Scalable Extraction of Training Data from (Production) Language Models
arxiv:2312.08914 CogAgent: A Visual Language Model for GUI Agents
arxiv:2312.11514 LLM in a flash: Efficient Large Language Model Inference with Limited Memory
arxiv:2312.16171 Principled Instructions Are All You Need for Questioning LLaMA-1/2, GPT-3.5/4
arxiv:2401.02415 LLaMA Pro: Progressive LLaMA with Block Expansion
arxiv:2401.06066 DeepSeekMoE: Towards Ultimate Expert Specialization in Mixture-of-Experts Language Models
arxiv:2401.08671 DeepSpeed-FastGen: High-throughput Text Generation for LLMs via MII and DeepSpeed-Inference
arxiv:2401.10774 MEDUSA: Simple LLM Inference Acceleration Framework with Multiple Decoding Heads
arxiv:2401.15077 EAGLE: Speculative Sampling Requires Rethinking Feature Uncertainty
arxiv:2402.03300 DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models
arxiv:2402.04494 Grandmaster-Level Chess Without Search
arxiv:2402.10200 Chain-of-Thought Reasoning without Prompting
arxiv:2402.17764 The Era of 1-bit LLMs: All Large Language Models are in 1.58 Bits
arxiv:2402.19155 Beyond Language Models: Byte Models are Digital World Simulators
arxiv:2402.19173 StarCoder 2 and The Stack v2: The Next Generation
arxiv:2402.19427 Griffin: Mixing Gated Linear Recurrences with Local Attention for Efficient Language Models
arxiv:2403.03507 GaLore: Memory-Efficient LLM Training by Gradient Low-Rank Projection
arxiv:2403.04652 Yi: Open Foundation Models by 01.AI
arxiv:2403.05530 Gemini 1.5: Unlocking multimodal understanding across millions of tokens of context
arxiv:2403.06634 Stealing Part of a Production Language Model
arxiv:2403.07815 Chronos: Learning the Language of Time Series
arxiv:2403.08295 Gemma: Open Models Based on Gemini Research and Technology
arxiv:2403.09611 MM1: Methods, Analysis & Insights from Multimodal LLM Pre-training
arxiv:2403.09629 Quiet-STaR: Language Models Can Teach Themselves to Think Before Speaking
arxiv:2403.17887 The Unreasonable Ineffectiveness of the Deeper Layers
arxiv:2404.03626 Training LLMs over Neurally Compressed Text
arxiv:2404.10642 Self-playing Adversarial Language Game Enhances LLM Reasoning
arxiv:2404.10830 Fewer Truncations Improve Language Modeling
arxiv:2404.10952 Can Language Models Solve Olympiad Programming?
arxiv:2404.13208 The Instruction Hierarchy: Training LLMs to Prioritize Privileged Instructions
arxiv:2404.14219 Phi-3 Technical Report: A Highly Capable Language Model Locally on Your Phone
arxiv:2404.14619 OpenELM: An Efficient Language Model Family with Open Training and Inference Framework
arxiv:2404.19737 Better & Faster Large Language Models via Multi-token Prediction
arxiv:2405.04434 DeepSeek-V2
arxiv:2405.17247 An Introduction to Vision-Language Modeling
arxiv:2406.02528 Scalable MatMul-free Language Modeling
arxiv:2406.04093 Scaling and evaluating sparse autoencoders
arxiv:2406.04313 Improving Alignment and Robustness with Circuit Breakers
arxiv:2407.02524 Meta Large Language Model Compiler: Foundation Models of Compiler Optimization
arxiv:2407.13692 Prover-Verifier Games improve legibility of LLM outputs
arxiv:2407.21075 Apple Intelligence Foundation Language Models
arxiv:2410.01104 softmax is not enough (for sharp out-of-distribution)
arxiv:2411.04282 Language Models are Hidden Reasoners: Unlocking Latent Reasoning Capabilities via Self-Rewarding
arxiv:2411.14405 Marco-o1: Towards Open Reasoning Models for Open-Ended Solutions
arxiv:2412.06769 Training Large Language Models to Reason in a Continuous Latent Space
arxiv:2412.07961 Forking Paths in Neural Text Generation
proceedings.mlr.press/v202/zhai23a Stabilizing Transformer Training by Preventing Attention Entropy Collapse
proceedings.neurips.cc/paper_files/paper/2016/file/9dcb88e0 Hierarchical Question-Image Co-Attention
cims.nyu.edu/~sbowman/eightthings.pdf Eight Things to Know about Large Language Models
usenix.org/system/files/osdi24-choudhury.pdf MAST
storage.googleapis.com/deepmind-media/gemini/gemini_1_report.pdf Gemini
storage.googleapis.com/deepmind-media/alphacode2 AlphaCode 2
cdn.openai.com/rule-based-rewards-for-language-model-safety.pdf Rule-Based Rewards
nousresearch.com/wp-content/uploads/2024/08/hermes-3-technical-report.pdf Hermes 3
d1qx31qr3h6wln.cloudfront.net/publications/nemotron_4_340b_8t_0.pdf Nemotron-4 340B
wow.groq.com/wp-content/uploads/2020/06/isca-tsp.pdf Groq's tensor streaming processor
wow.groq.com/wp-content/uploads/2023/05/groqiscapaper2022 Groq's tensor streaming multiprocessor
www-cdn.anthropic.com/de8ba9b01c9ab7cbabf5c33b80b7bbc618857627 Claude 3
github.com/deepseek-ai/deepseek-r1 DeepSeek-R1
github.com/deepseek-ai/deepseek-v3 DeepSeek-V3
chat.deepseek.com DeepSeek chat
research.facebook.com/publications/llama-open LLaMA
github.com/ggerganov/llama.cpp llama.cpp
vicuna.lmsys.org Vicuna
llama.meta.com/llama3 Llama 3
ai.meta.com/blog/meta-llama-3-1 Llama 3.1
ai.meta.com/blog/llama-3-2 Llama 3.2
engineering.fb.com/2024/03/12 Building Meta's GenAI Infrastructure
mistral.ai/news/announcing-mistral-7b Mistral 7B
mistral.ai/news/mixtral-of-experts Mixtral 8x7B
github.com/xai-org/grok-1 Grok-1
github.com/cg123/mergekit mergekit
goddard.blog/posts/clown-moe MoE for clowns
tridao.me/blog/2024/mamba2-part1-model Mamba-2
together.ai/blog/together-moa Mixture of Agents
blog.eleuther.ai/transformer-math Transformer Math 101
blog.eleuther.ai/yarn YaRN
blog.eleuther.ai/gpt3-model-sizes On the Sizes of OpenAI API Models
kipp.ly/transformer-inference-arithmetic Transformer Inference Arithmetic
lilianweng.github.io/posts/2023-01-10-inference-optimization Large Transformer Model Inference Optimization
astralord.github.io/posts/transformer-inference-optimization-toolset Transformer inference optimisation toolset
crfm.stanford.edu/2023/10/12/flashdecoding Flash-Decoding
crfm.stanford.edu/2023/05/22/alpaca-farm AlpacaFarm
notdiamond.ai/blog/rorf RoRF
lmsys.org/blog/2024-01-17-sglang SGLang and RadixAttention
github.com/modeltc/lightllm LightLLM and TokenAttention
huggingface.co/spaces/huggingfaceh4/blogpost-scaling-test-time-compute Scaling test-time compute
huggingface.co/spaces/huggingfacefw/blogpost-fineweb-v1 The FineWeb blog post
huggingface.co/datasets/huggingfacefw/fineweb FineWeb
github.com/kellerjordan/modded-nanogpt Modded-NanoGPT
openai.com/index/learning-to-reason-with-llms OpenAI o1
openai.com/index/introducing-chatgpt-pro o1-pro
epoch.ai/frontiermath FrontierMath
chat.lmsys.org Chatbot Arena
openaiwatch.com OpenAI Watch
opencompass.readthedocs.io/en/latest/advanced_guides/needleinahaystack_eval Needle in a haystack
hamel.dev/blog/posts/prompt F*ck You, Show Me The Prompt
hamel.dev/blog/posts/evals Evaluation of LLM applications
microsoft.com/en-us/research/blog/the-power-of-prompting The power of prompting
simonwillison.net/2023/apr/14/worst-that-can-happen Prompt injection
cameronrwolfe.substack.com/p/modern-llms Modern LLMs: MT-NLG, Chinchilla, Gopher and more
xander.ai/llms-the-important-ingredients LLMs: The Important Ingredients
yoheinakajima.com/task-driven-autonomous-agent BabyAGI
stablecog.com/blog/what-is-auto-gpt Auto-GPT
catid.io/posts/auto_codegen Supercharger
github.com/transmissions11/flux Flux
github.com/vaibkumr/prompt-optimizer prompt-optimizer
github.com/ddupont808/gpt-4v-act GPT-4V-Act
linkedin.com/blog/engineering/generative-ai Musings on building a generative AI product
blog.google/products/google-cloud/gen-ai-business-use-cases Google: AI ideas
wattenberger.com/thoughts/boo-chatbots Why chatbots are not the future
arize.com/blog-course/applying-large-language-models-to-tabular-data LLMs on tabular Kaggle competitions
github.com/romitjain/whisper-longform whisper-longform
tweet:1821277264996352246 RLHF is just a vibe check
tweet:1823418177197646104 SQL-injection-like attacks with special tokens
tweet:1642939372306669568 Schrödinger's riddle
tweet:1717131235644875024 GPT-4 vision and optical illusions
youtube:bZQun8Y4L2A State of GPT
youtube:7xTGNNLPyMI Deep Dive into LLMs like ChatGPT
"""
"""A reference or the beginning of an address on each line, then what it is."""

URL = re.compile(r"https?://[^\s)\]>\"]+")
PATTERNS = {
    "arxiv:": re.compile(r"(?:arxiv\.org/(?:abs|pdf)|huggingface\.co/papers)/(\d{4}\.\d{4,5})"),
    "tweet:": re.compile(r"(?:twitter|x)\.com/\w+/status/(\d+)"),
    "youtube:": re.compile(r"youtube\.com/watch\?v=([\w-]+)"),
}


def reference(url: str) -> str:
    for scheme, pattern in PATTERNS.items():
        if found := pattern.search(url):
            return scheme + found[1]
    return re.sub(r"^https?://(www\.)?", "", url.lower())


def test_every_promised_paper_and_system_is_there() -> None:
    references = {reference(url) for path in NOTES.rglob("*.md") for url in URL.findall(path.read_text("utf-8"))}
    promised = [line.partition(" ") for line in PROMISED.split("\n") if line]
    missing = [f"{title} ({start})" for start, _, title in promised if not any(r.startswith(start) for r in references)]
    assert not missing, "not in notes/: " + "; ".join(missing)


def anchors(path: Path) -> set[str]:
    """GitHub's anchors of the headings of a file."""
    seen: Counter[str] = Counter()
    for heading in re.findall(r"^#{1,6} +(.*?) *$", path.read_text("utf-8"), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        seen[re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")] += 1
    return {f"{anchor}-{n}" if n else anchor for anchor, times in seen.items() for n in range(times)}


def dead_links() -> Iterator[str]:
    for path in sorted(NOTES.rglob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", path.read_text("utf-8")):
            file, _, anchor = target.partition("#")
            other = path.parent / file if file else path
            if not other.is_file() or (anchor and anchor not in anchors(other)):
                yield f"{path.relative_to(NOTES)}: {target}"


def test_no_link_among_the_notes_is_dead() -> None:
    assert not list(dead_links())
