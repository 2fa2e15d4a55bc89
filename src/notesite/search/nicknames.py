"""What papers are called that do not say so in their titles, and the short names of the field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

NICKNAMES: Final = """
1301.3781 word2vec|1312.5602 dqn|1312.6114 vae|1409.0473 bahdanau attention|1409.1556 vgg|1409.3215 seq2seq
1409.4842 googlenet inception|1412.6980 adam|1502.03167 batchnorm|1503.02531 knowledge distillation
1508.07909 bpe subword|1509.02971 ddpg|1512.03385 resnet|1602.01783 a3c|1602.05629 federated averaging fedavg
1606.08415 gelu|1607.06450 layernorm|1701.06538 sparsely gated moe|1701.07875 wgan|1703.03400 maml
1706.03741 rlhf preferences|1706.03762 transformer|1707.06347 ppo|1711.00937 vq-vae|1711.05101 adamw
1712.01815 alphazero|1801.06146 ulmfit|1802.05365 elmo|1803.03635 lottery ticket|1806.07366 neural ode|1806.07572 ntk
1902.00751 adapters|1904.09751 nucleus sampling top-p|1909.08593 rlhf preferences|1910.02054 zero deepspeed
1910.10683 t5|1911.01547 arc-agi|1911.02150 mqa multi query attention|1911.05722 moco|1911.08265 muzero
2001.08361 scaling laws kaplan|2002.05202 swiglu geglu|2002.05709 simclr|2004.04906 dpr|2005.11401 rag|2005.12872 detr
2005.14165 gpt-3|2006.11239 ddpm|2006.16236 linear transformer|2009.01325 rlhf summarize|2009.03300 mmlu
2009.14794 performer|2010.11929 vit|2102.12092 dall-e|2103.00020 clip|2104.09864 rope roformer|2104.14294 dino
2106.04399 gflownet|2107.03374 codex humaneval|2108.12409 alibi|2109.01652 flan|2110.14168 gsm8k|2111.00396 s4
2111.06377 mae|2112.04426 retro|2112.10752 stable diffusion latent diffusion|2112.11446 gopher|2201.02177 grokking
2201.08239 lamda|2201.11903 cot chain of thought|2203.02155 instructgpt|2203.07814 alphacode
2203.11171 self-consistency|2203.15556 chinchilla|2204.01691 saycan|2204.02311 palm|2204.05862 hh-rlhf|2205.05131 ul2
2205.06175 gato|2205.11487 imagen|2205.11916 zero-shot cot|2206.04615 big-bench|2209.10652 superposition
2210.11416 flan-t5 flan-palm|2211.01910 ape|2211.10435 pal|2211.17192 speculative decoding
2212.08073 constitutional ai|2212.09748 dit|2212.10496 hyde|2302.01318 speculative sampling|2302.04761 toolformer
2303.12712 sparks of agi|2303.17491 rci|2303.17580 jarvis|2304.02643 sam|2304.03442 smallville generative agents
2304.08485 llava|2304.15004 emergent mirage|2305.09612 llm-url|2305.17493 model collapse|2305.18290 dpo
2305.20050 prm800k process supervision|2306.05685 mt-bench chatbot arena|2306.11644 phi-1
2309.06180 vllm pagedattention|2309.17453 streamingllm attention sink|2310.01405 repe|2310.04406 lats
2310.16944 zephyr|2311.16452 medprompt|2312.11514 llm in a flash|2401.06066 deepseekmoe|2402.03300 grpo
2402.17764 bitnet b1.58|2402.19155 bgpt|2404.19737 multi-token prediction mtp|2405.21060 mamba-2
2406.02528 matmul-free|2406.04692 moa|2407.21783 llama 3|2408.03314 test-time compute|2412.06769 coconut|2501.19393 s1
"""
"""Identifiers on arXiv, each with the names."""


ACRONYMS: Final = """
ann approximate nearest neighbor|asr automatic speech recognition|awq activation aware weight quantization
bert bidirectional encoder representations from transformers|bpe byte pair encoding
bptt backpropagation through time|ce cross entropy|cfg classifier free guidance
clip contrastive language image pretraining|cnn convolutional neural network|cot chain of thought
cpt continued pretraining|crf conditional random field|dbn deep belief network
ddim denoising diffusion implicit models|ddp distributed data parallel
ddpm denoising diffusion probabilistic models|dit diffusion transformer|dp data parallelism
dp differential privacy|dpo direct preference optimization|dqn deep q network|dtw dynamic time warping
elbo evidence lower bound|em expectation maximization|ema exponential moving average|ep expert parallelism
ffn feed forward network|fid frechet inception distance|fsdp fully sharded data parallel
gan generative adversarial network|gat graph attention network|gbdt gradient boosted decision trees
gcn graph convolutional network|gelu gaussian error linear unit|gmm gaussian mixture model
gnn graph neural network|gpt generative pretrained transformer|gpu graphics processing unit
gqa grouped query attention|grpo group relative policy optimization|hbm high bandwidth memory
hmc hamiltonian monte carlo|hmm hidden markov model|hyde hypothetical document embeddings
icl in context learning|ift instruction fine tuning|iou intersection over union|ir information retrieval
irl inverse reinforcement learning|jepa joint embedding predictive architecture|kd knowledge distillation
kg knowledge graph|kl kullback leibler|knn k nearest neighbors|kto kahneman tversky optimization
lda latent dirichlet allocation|llm large language model|lm language model|lora low rank adaptation
lsh locality sensitive hashing|lstm long short term memory|mae masked autoencoder|map maximum a posteriori
mcmc markov chain monte carlo|mcts monte carlo tree search|mdp markov decision process|mha multi head attention
mla multi head latent attention|mle maximum likelihood estimation|mlm masked language modeling
mlp multi layer perceptron|moa mixture of agents|moe mixture of experts|mpc model predictive control
mqa multi query attention|mse mean squared error|mt machine translation|mtl multi task learning
mtp multi token prediction|nas neural architecture search|ner named entity recognition
nerf neural radiance field|nli natural language inference|nll negative log likelihood
nlp natural language processing|nms non maximum suppression|nmt neural machine translation
ntk neural tangent kernel|ntp next token prediction|ocr optical character recognition
ode ordinary differential equation|ood out of distribution|ood out of domain
orpo odds ratio preference optimization|pca principal component analysis|peft parameter efficient fine tuning
pot program of thoughts|pp pipeline parallelism|ppl perplexity|ppo proximal policy optimization
prm process reward model|ptq post training quantization|qa question answering|qat quantization aware training
rag retrieval augmented generation|rbm restricted boltzmann machine|rl reinforcement learning
rlaif reinforcement learning from ai feedback|rlhf reinforcement learning from human feedback
rlvr reinforcement learning with verifiable rewards|rm reward model|rnn recurrent neural network
rope rotary position embedding|rrf reciprocal rank fusion|sac soft actor critic|sae sparse autoencoder
sam segment anything model|sdpa scaled dot product attention|sft supervised fine tuning
sgd stochastic gradient descent|sgns skip gram negative sampling|slm small language model|sota state of the art
ssl self supervised learning|ssm state space model|ste straight through estimator|svm support vector machine
swa sliding window attention|tot tree of thoughts|tp tensor parallelism|tpu tensor processing unit
trpo trust region policy optimization|ttc test time compute|ttft time to first token|tts text to speech
vae variational autoencoder|vit vision transformer|vlm vision language model|vq vector quantization
vqa visual question answering|vqgan vector quantized generative adversarial network
zero zero redundancy optimizer
"""
"""Short names as they are typed, and what they stand for."""
ENGLISH: Final = frozenset({"map", "pot", "zero", "sam", "got", "em", "clip"})
"""Short names that are words, too: in a title they seldom stand for anything."""


@cache
def nicknames() -> dict[str, str]:
    """The names by identifier, as words."""
    return dict(entries(NICKNAMES))


@cache
def expansions() -> tuple[tuple[str, str], ...]:
    """Each short name with what it stands for; some stand for more than one thing."""
    return tuple(entries(ACRONYMS))


def entries(table: str) -> Iterator[tuple[str, str]]:
    """The first word of each entry and the words after it."""
    for entry in filter(None, re.split(r"[|\n]", table)):
        first, _, rest = entry.partition(" ")
        yield first, rest


def spelled_out(name: str) -> Iterator[str]:
    """What the short names in a name stand for."""
    words = frozenset(re.findall(r"\w+", name.lower()))
    yield from (phrase for acronym, phrase in expansions() if acronym in words and acronym not in ENGLISH)
