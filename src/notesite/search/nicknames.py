"""What papers are called that do not say so in their titles."""

from __future__ import annotations

from functools import cache
from typing import Final

NICKNAMES: Final = """
1301.3781 word2vec|1409.0473 bahdanau attention|1412.6980 adam|1503.02531 knowledge distillation
1508.07909 bpe subword|1512.03385 resnet|1602.05629 federated averaging fedavg|1607.06450 layernorm
1701.06538 sparsely gated moe|1706.03741 rlhf preferences|1706.03762 transformer|1707.06347 ppo|1711.05101 adamw
1801.06146 ulmfit|1802.05365 elmo|1803.03635 lottery ticket|1904.09751 nucleus sampling top-p
1909.08593 rlhf preferences|1910.02054 zero deepspeed|1910.10683 t5|1911.02150 mqa multi query attention
2001.08361 scaling laws kaplan|2002.05202 swiglu geglu|2005.11401 rag|2005.14165 gpt-3|2006.11239 ddpm
2006.16236 linear transformer|2009.01325 rlhf summarize|2009.03300 mmlu|2010.11929 vit|2103.00020 clip
2104.09864 rope roformer|2107.03374 codex humaneval|2108.12409 alibi|2109.01652 flan|2110.14168 gsm8k
2112.10752 stable diffusion latent diffusion|2201.02177 grokking|2201.11903 cot chain of thought
2203.02155 instructgpt|2203.11171 self-consistency|2203.15556 chinchilla|2204.01691 saycan|2204.02311 palm
2205.11916 zero-shot cot|2206.04615 big-bench|2209.10652 superposition|2211.17192 speculative decoding
2212.08073 constitutional ai|2302.01318 speculative sampling|2302.04761 toolformer|2303.12712 sparks of agi
2304.03442 smallville generative agents|2304.15004 emergent mirage|2305.17493 model collapse|2305.18290 dpo
2305.20050 prm800k process supervision|2306.05685 mt-bench chatbot arena|2306.11644 phi-1
2309.06180 vllm pagedattention|2309.17453 streamingllm attention sink|2310.16944 zephyr|2401.06066 deepseekmoe
2402.17764 bitnet b1.58|2404.19737 multi-token prediction mtp|2405.21060 mamba-2|2406.02528 matmul-free
2408.03314 test-time compute|2501.19393 s1
"""
"""Identifiers on arXiv, each with the names."""


@cache
def nicknames() -> dict[str, str]:
    """The names by identifier, as words."""
    entries = (entry.split(" ", 1) for line in NICKNAMES.split("\n") for entry in line.split("|") if entry)
    return dict(entries)
