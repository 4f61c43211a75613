"""The networks, as data: leaves with their sizes, forward lines, gradients, all with examples in columns.

A leaf is `name kind axis axis`. The kinds say what another layout does to it: `d` data and activations are
transposed where examples are rows; `W` a weight is transposed where weights are in × out; `b` a bias lies along
with the data; `c` stays as it is; `s` is a scalar.
"""

from dataclasses import dataclass
from functools import cached_property

from .expression import Line, expression, lines

COLUMNS, ROWS, PYTORCH = "columns", "rows", "pytorch"
LAYOUTS = (COLUMNS, ROWS, PYTORCH)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A variable that no line makes: its kind and its sizes, "1" among them."""

    kind: str
    shape: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Network:
    """A network. `cost` is what its gradients are the gradients of.

    `helpers` are names of the backward pass that are no gradient by name, with what they are the gradient of.
    `implied` are lines that a reader supplies (the next layer of a symbolic one). `upstream` are gradients that
    come from above. `fixed` are computed names that no layout transposes. `unchecked` are gradients that stand
    for another object than their name says (in Ng's LSTM `dft` belongs to the sum in front of the gate).
    """

    name: str
    leaf_text: str
    forward_text: str
    cost_text: str
    backward_text: str
    helpers: tuple[tuple[str, str], ...] = ()
    implied_text: str = ""
    upstream: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    layouts: tuple[str, ...] = LAYOUTS
    examples: str = "m"
    symbolic: bool = False
    rate: str = "alpha"

    @cached_property
    def leaves(self) -> dict[str, Leaf]:
        """Return the leaves by name."""
        rows = (part.split() for part in self.leaf_text.replace("\n", ";").split(";") if part.strip())
        return {name: Leaf(kind, tuple(shape)) for name, kind, *shape in rows}

    @cached_property
    def forward(self) -> tuple[Line, ...]:
        """Return the forward pass."""
        return lines(self.forward_text)

    @cached_property
    def backward(self) -> tuple[Line, ...]:
        """Return the gradients."""
        return lines(self.backward_text)

    @cached_property
    def implied(self) -> tuple[Line, ...]:
        """Return the forward lines that are not written."""
        return lines(self.implied_text)

    @cached_property
    def cost(self) -> Line:
        """Return the line of the cost."""
        return Line("J", expression(self.cost_text))

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Return what is trained: the leaves with a gradient whose kind is not that of data."""
        found = {line.target for line in self.backward}
        return tuple(name for name, leaf in self.leaves.items() if leaf.kind in "Wbc" and "d" + name in found)


NETWORKS = (
    Network(
        "logistic regression",
        "X d n m; w c n 1; b b; Y d 1 m",
        """Z = w.T @ X + b
        A = sigmoid(Z)""",
        "-(1/m) * total(Y * log(A) + (1 - Y) * log(1 - A))",
        """dZ = A - Y
        dw = (1/m) * (X @ dZ.T)
        db = (1/m) * total(dZ)""",
        layouts=(COLUMNS, ROWS),
    ),
    Network(
        "softmax regression",
        "X d n m; W W k n; b b k 1; Y d k m; lam s",
        """Z = W @ X + b
        A = softmax(Z, 0)""",
        "-(1/m) * total(Y * log(A)) + lam / (2*m) * total(W**2)",
        """dZ = A - Y
        dW = (1/m) * (dZ @ X.T) + (lam/m) * W
        db = (1/m) * sum(dZ, 1)""",
    ),
    Network(
        "linear regression",
        "X d d N; theta c d 1; y d 1 N",
        """y_hat = theta.T @ X
        error = y_hat - y""",
        "(1/N) * total(error**2)",
        "dtheta = (2/N) * (X @ error.T)",
        layouts=(COLUMNS, ROWS),
        examples="N",
        rate="eta",
    ),
    Network(
        "multivariate regression",
        "X d p N; W W q p; b b q 1; Y d q N; lam s",
        "P = W @ X + b",
        "1/(2*N) * total((P - Y)**2) + lam/2 * total(W**2)",
        """dP = (P - Y) / N
        dW = dP @ X.T + lam * W
        db = sum(dP, 1)
        dX = W.T @ dP""",
        examples="N",
    ),
    Network(
        "batch norm",
        "X d n0 m; W1 W n1 n0; gamma b n1 1; beta b n1 1; W2 W n2 n1; b2 b n2 1; Y d n2 m; eps s",
        """Z1 = W1 @ X
        mu = mean(Z1, 1)
        sigma2 = mean((Z1 - mu)**2, 1)
        Z_norm = (Z1 - mu) / sqrt(sigma2 + eps)
        Z_tilde = gamma * Z_norm + beta
        A1 = relu(Z_tilde)
        Z2 = W2 @ A1 + b2
        A2 = softmax(Z2, 0)""",
        "-(1/m) * total(Y * log(A2))",
        """dZ2 = (1/m) * (A2 - Y)
        dW2 = dZ2 @ A1.T
        db2 = sum(dZ2, 1)
        dA1 = W2.T @ dZ2
        dZ_tilde = dA1 * relu_prime(Z_tilde)
        dgamma = sum(dZ_tilde * Z_norm, 1)
        dbeta = sum(dZ_tilde, 1)
        dZ_norm = dZ_tilde * gamma
        dZ1 = 1 / (m * sqrt(sigma2 + eps)) * (m * dZ_norm - sum(dZ_norm, 1) - Z_norm * sum(dZ_norm * Z_norm, 1))
        dW1 = dZ1 @ X.T""",
    ),
    Network(
        "layer norm",
        "X d n m; W W k n; b b k 1; g b k 1; c b k 1; Y d k m; eps s",
        """Z = W @ X + b
        mu = mean(Z, 0)
        s = sqrt(mean((Z - mu)**2, 0) + eps)
        N = (Z - mu) / s
        H = g * N + c""",
        "1/(2*m) * total((H - Y)**2)",
        """dH = (1/m) * (H - Y)
        dg = sum(dH * N, 1)
        dc = sum(dH, 1)
        dN = dH * g
        dZ = (dN - mean(dN, 0) - N * mean(dN * N, 0)) / s
        dW = dZ @ X.T
        db = sum(dZ, 1)
        dX = W.T @ dZ""",
    ),
    Network(
        "dropout",
        "X d n0 m; W1 W n1 n0; b1 b n1 1; D1 d n1 m; W2 W n2 n1; b2 b n2 1; Y d n2 m; keep_prob s",
        """Z1 = W1 @ X + b1
        A1 = tanh(Z1)
        A1 = A1 * D1 / keep_prob
        Z2 = W2 @ A1 + b2
        A2 = sigmoid(Z2)""",
        "-(1/m) * total(Y * log(A2) + (1 - Y) * log(1 - A2))",
        """dZ2 = A2 - Y
        dW2 = (1/m) * (dZ2 @ A1.T)
        db2 = (1/m) * sum(dZ2, 1)
        dA1 = W2.T @ dZ2
        dA1 = dA1 * D1 / keep_prob
        dZ1 = dA1 * tanh_prime(Z1)
        dW1 = (1/m) * (dZ1 @ X.T)
        db1 = (1/m) * sum(dZ1, 1)""",
    ),
    Network(
        "LSTM cell",
        """a_prev d n_a m; xt d n_x m; c_prev d n_a m; da_next d n_a m; dc_next d n_a m
        Wf W n_a n_a+n_x; bf b n_a 1; Wi W n_a n_a+n_x; bi b n_a 1
        Wc W n_a n_a+n_x; bc b n_a 1; Wo W n_a n_a+n_x; bo b n_a 1""",
        """concat = stack(a_prev, xt, 0)
        ft = sigmoid(Wf @ concat + bf)
        it = sigmoid(Wi @ concat + bi)
        cct = tanh(Wc @ concat + bc)
        c_next = ft * c_prev + it * cct
        ot = sigmoid(Wo @ concat + bo)
        a_next = ot * tanh(c_next)""",
        "total(da_next * a_next) + total(dc_next * c_next)",
        """dot = da_next * tanh(c_next) * ot * (1 - ot)
        dcct = (dc_next + da_next * ot * (1 - tanh(c_next)**2)) * it * (1 - cct**2)
        dit = (dc_next + da_next * ot * (1 - tanh(c_next)**2)) * cct * it * (1 - it)
        dft = (dc_next + da_next * ot * (1 - tanh(c_next)**2)) * c_prev * ft * (1 - ft)
        dWf = dft @ concat.T
        dWi = dit @ concat.T
        dWc = dcct @ concat.T
        dWo = dot @ concat.T
        dbf = sum(dft, 1)
        dbi = sum(dit, 1)
        dbc = sum(dcct, 1)
        dbo = sum(dot, 1)
        da_prev = Wf[:, :n_a].T @ dft + Wi[:, :n_a].T @ dit + Wc[:, :n_a].T @ dcct + Wo[:, :n_a].T @ dot
        dc_prev = (dc_next + da_next * ot * (1 - tanh(c_next)**2)) * ft
        dxt = Wf[:, n_a:].T @ dft + Wi[:, n_a:].T @ dit + Wc[:, n_a:].T @ dcct + Wo[:, n_a:].T @ dot""",
        upstream=("da_next", "dc_next"),
        unchecked=("dot", "dcct", "dit", "dft"),
        layouts=(COLUMNS, ROWS),
    ),
    Network(
        "GRU cell",
        """x d n_x m; h_prev d n_h m; dh d n_h m; Wz W n_h n_x; Uz W n_h n_h; bz b n_h 1
        Wr W n_h n_x; Ur W n_h n_h; br b n_h 1; Wh W n_h n_x; Uh W n_h n_h; bh b n_h 1""",
        """Zz = Wz @ x + Uz @ h_prev + bz
        z = sigmoid(Zz)
        Zr = Wr @ x + Ur @ h_prev + br
        r = sigmoid(Zr)
        q = r * h_prev
        Zh = Wh @ x + Uh @ q + bh
        h_cand = tanh(Zh)
        h = (1 - z) * h_prev + z * h_cand""",
        "total(dh * h)",
        """dz = dh * (h_cand - h_prev)
        dh_cand = dh * z
        dZh = dh_cand * (1 - h_cand**2)
        dZz = dz * z * (1 - z)
        dq = Uh.T @ dZh
        dr = dq * h_prev
        dZr = dr * r * (1 - r)
        dWz = dZz @ x.T
        dUz = dZz @ h_prev.T
        dbz = sum(dZz, 1)
        dWr = dZr @ x.T
        dUr = dZr @ h_prev.T
        dbr = sum(dZr, 1)
        dWh = dZh @ x.T
        dUh = dZh @ q.T
        dbh = sum(dZh, 1)
        dx = Wz.T @ dZz + Wr.T @ dZr + Wh.T @ dZh
        dh_prev = dh * (1 - z) + dq * r + Uz.T @ dZz + Ur.T @ dZr""",
        upstream=("dh",),
    ),
    Network(
        "recurrent cell",
        "x d n_x m; h_prev d n_h m; Wx W n_h n_x; Wh W n_h n_h; bh b n_h 1; Wy W n_y n_h; by b n_y 1; y d n_y m",
        """z = Wx @ x + Wh @ h_prev + bh
        h = tanh(z)
        s = Wy @ h + by
        p = softmax(s, 0)""",
        "-total(y * log(p))",
        """ds = p - y
        dWy = ds @ h.T
        dby = sum(ds, 1)
        dh = Wy.T @ ds
        dz = dh * (1 - h**2)
        dWx = dz @ x.T
        dWh = dz @ h_prev.T
        dbh = sum(dz, 1)
        dh_prev = Wh.T @ dz
        dx = Wx.T @ dz""",
    ),
    Network(
        "recurrent cell, Ng's names",
        "xt d n_x m; a_prev d n_a m; da_next d n_a m; Wax W n_a n_x; Waa W n_a n_a; ba b n_a 1",
        "a_next = tanh(Wax @ xt + Waa @ a_prev + ba)",
        "total(da_next * a_next)",
        """dtanh = (1 - a_next**2) * da_next
        dWax = dtanh @ xt.T
        dWaa = dtanh @ a_prev.T
        dba = sum(dtanh, 1)
        dxt = Wax.T @ dtanh
        da_prev = Waa.T @ dtanh""",
        helpers=(("dtanh", ""),),
        upstream=("da_next",),
        layouts=(COLUMNS, ROWS),
    ),
    Network(
        "autoencoder",
        "X d n0 m; W1 W n1 n0; b1 b n1 1; W2 W n0 n1; b2 b n0 1",
        """Z1 = W1 @ X + b1
        A1 = sigmoid(Z1)
        Z2 = W2 @ A1 + b2
        A2 = sigmoid(Z2)""",
        "-(1/m) * total(X * log(A2) + (1 - X) * log(1 - A2))",
        """dZ2 = A2 - X
        dW2 = (1/m) * (dZ2 @ A1.T)
        db2 = (1/m) * sum(dZ2, 1)
        dA1 = W2.T @ dZ2
        dZ1 = dA1 * A1 * (1 - A1)
        dW1 = (1/m) * (dZ1 @ X.T)
        db1 = (1/m) * sum(dZ1, 1)""",
    ),
    Network(
        "tied weights",
        "X d n m; W W k n; b b k 1; c b n 1",
        """Z = W @ X + b
        H = sigmoid(Z)
        R = W.T @ H + c""",
        "1/(2*m) * total((R - X)**2)",
        """dR = (R - X) / m
        dH = W @ dR
        dZ = dH * H * (1 - H)
        dW = dZ @ X.T + H @ dR.T
        dc = sum(dR, 1)
        db = sum(dZ, 1)""",
    ),
    Network(
        "residual block",
        "X d n m; W1 W k n; b1 b k 1; W2 W n k; b2 b n 1; dA2 d n m",
        """Z1 = W1 @ X + b1
        A1 = relu(Z1)
        Z2 = W2 @ A1 + b2 + X
        A2 = relu(Z2)""",
        "total(dA2 * A2)",
        """dZ2 = dA2 * relu_prime(Z2)
        dW2 = dZ2 @ A1.T
        db2 = sum(dZ2, 1)
        dA1 = W2.T @ dZ2
        dZ1 = dA1 * relu_prime(Z1)
        dW1 = dZ1 @ X.T
        db1 = sum(dZ1, 1)
        dX = W1.T @ dZ1 + dZ2""",
        upstream=("dA2",),
    ),
    Network(
        "attention",
        "X d n t; Wq W d_k n; Wk W d_k n; Wv W d_v n; dO d d_v t",
        """Q = Wq @ X
        K = Wk @ X
        V = Wv @ X
        S = K.T @ Q / sqrt(d_k)
        P = softmax(S, 0)
        O = V @ P""",
        "total(dO * O)",
        """dV = dO @ P.T
        dP = V.T @ dO
        dS = P * (dP - sum(P * dP, 0))
        dQ = K @ dS / sqrt(d_k)
        dK = Q @ dS.T / sqrt(d_k)
        dWq = dQ @ X.T
        dWk = dK @ X.T
        dWv = dV @ X.T
        dX = Wq.T @ dQ + Wk.T @ dK + Wv.T @ dV""",
        upstream=("dO",),
        examples="",
    ),
    Network(
        "cross attention",
        "X d n t; M d r s; Wq W d_k n; Wk W d_k r; Wv W d_v r; Wo W p d_v; Y d p t",
        """Q = Wq @ X
        K = Wk @ M
        V = Wv @ M
        S = K.T @ Q / sqrt(d_k)
        P = softmax(S, 0)
        C = V @ P
        O = Wo @ C""",
        "total((O - Y)**2) / 2",
        """dO = O - Y
        dWo = dO @ C.T
        dC = Wo.T @ dO
        dV = dC @ P.T
        dP = V.T @ dC
        dS = P * (dP - sum(dP * P, 0))
        dQ = K @ dS / sqrt(d_k)
        dK = Q @ dS.T / sqrt(d_k)
        dWq = dQ @ X.T
        dWk = dK @ M.T
        dWv = dV @ M.T
        dM = Wk.T @ dK + Wv.T @ dV""",
        examples="",
    ),
    Network(
        "skip-gram",
        "x d V 1; W1 W d V; W2 W V d; y d V 1",
        """h = W1 @ x
        u = W2 @ h
        y_hat = softmax(u, 0)""",
        "-total(y * log(y_hat))",
        """e = y_hat - y
        dW2 = e @ h.T
        dh = W2.T @ e
        dW1 = dh @ x.T""",
        helpers=(("e", "u"),),
        rate="eta",
        examples="",
    ),
    Network(
        "CBOW",
        "X d V m; E W k V; U W V k; Y d V m",
        """H = E @ X
        S = U @ H
        P = softmax(S, 0)""",
        "-(1/m) * total(Y * log(P))",
        """dS = (P - Y) / m
        dU = dS @ H.T
        dH = U.T @ dS
        dE = dH @ X.T""",
        rate="eta",
    ),
    Network(
        "own names",
        """inputs d n_in N; W_in W n_hidden n_in; b_in b n_hidden 1; W_out W n_out n_hidden; b_out b n_out 1
        targets d n_out N""",
        """hidden_in = W_in @ inputs + b_in
        hidden = sigmoid(hidden_in)
        output = W_out @ hidden + b_out""",
        "1/(2*N) * total((output - targets)**2)",
        """out_error = output - targets
        dW_out = (1/N) * (out_error @ hidden.T)
        db_out = (1/N) * sum(out_error, 1)
        hidden_error = W_out.T @ out_error * hidden * (1 - hidden)
        dW_in = (1/N) * (hidden_error @ inputs.T)
        db_in = (1/N) * sum(hidden_error, 1)""",
        helpers=(("out_error", "output"), ("hidden_error", "hidden_in")),
        examples="N",
        rate="learning_rate",
    ),
    Network(
        "own names, deltas",
        "X d p N; W_h W h p; b_h b h 1; W_o W c h; b_o b c 1; T d c N",
        """net_h = W_h @ X + b_h
        out_h = tanh(net_h)
        net_o = W_o @ out_h + b_o
        out_o = sigmoid(net_o)""",
        "1/(2*N) * total((out_o - T)**2)",
        """delta_o = (out_o - T) * out_o * (1 - out_o)
        delta_h = W_o.T @ delta_o * (1 - out_h**2)
        dW_o = (1/N) * (delta_o @ out_h.T)
        db_o = (1/N) * sum(delta_o, 1)
        dW_h = (1/N) * (delta_h @ X.T)
        db_h = (1/N) * sum(delta_h, 1)""",
        helpers=(("delta_o", "net_o"), ("delta_h", "net_h")),
        examples="N",
        rate="eta",
    ),
    Network(
        "symbolic layer",
        "A_l_1 d n0 m; W_l W n1 n0; b_l b n1 1; dA_l d n1 m; lam s",
        """Z_l = W_l @ A_l_1 + b_l
        A_l = g(Z_l)""",
        "(1/m) * total(dA_l * A_l) + lam/(2*m) * total(W_l**2)",
        """dZ_l = dA_l * g_prime(Z_l)
        dW_l = (1/m) * (dZ_l @ A_l_1.T) + (lam/m) * W_l
        db_l = (1/m) * sum(dZ_l, 1)
        dA_l_1 = W_l.T @ dZ_l""",
        upstream=("dA_l",),
        symbolic=True,
    ),
    Network(
        "symbolic layer, next one",
        "A_l_1 d n0 m; W_l W n1 n0; b_l b n1 1; W_l1 W n2 n1; b_l1 b n2 1; dZ_l1 d n2 m",
        """Z_l = W_l @ A_l_1 + b_l
        A_l = g(Z_l)""",
        "(1/m) * total(dZ_l1 * (W_l1 @ A_l + b_l1))",
        """dZ_l = W_l1.T @ dZ_l1 * g_prime(Z_l)
        dW_l = (1/m) * (dZ_l @ A_l_1.T)
        db_l = (1/m) * sum(dZ_l, 1)""",
        implied_text="Z_l1 = W_l1 @ A_l + b_l1",
        upstream=("dZ_l1",),
        symbolic=True,
    ),
    Network(
        "three layers",
        """X d n0 m; W1 W n1 n0; b1 b n1 1; W2 W n2 n1; b2 b n2 1; W3 W n3 n2; b3 b n3 1; Y d n3 m""",
        """Z1 = W1 @ X + b1
        A1 = relu(Z1)
        Z2 = W2 @ A1 + b2
        A2 = tanh(Z2)
        Z3 = W3 @ A2 + b3
        A3 = sigmoid(Z3)""",
        "-(1/m) * total(Y * log(A3) + (1 - Y) * log(1 - A3))",
        """dZ3 = A3 - Y
        dW3 = (1/m) * (dZ3 @ A2.T)
        db3 = (1/m) * sum(dZ3, 1)
        dZ2 = W3.T @ dZ3 * (1 - A2**2)
        dW2 = (1/m) * (dZ2 @ A1.T)
        db2 = (1/m) * sum(dZ2, 1)
        dZ1 = W2.T @ dZ2 * relu_prime(Z1)
        dW1 = (1/m) * (dZ1 @ X.T)
        db1 = (1/m) * sum(dZ1, 1)""",
    ),
    Network(
        "summed branches",
        "U d p m; V d q m; Wu W k p; Wv W k q; b b k 1; Wo W c k; bo b c 1; Y d c m",
        """Z = Wu @ U + Wv @ V + b
        H = tanh(Z)
        S = Wo @ H + bo
        P = softmax(S, 0)""",
        "-(1/m) * total(Y * log(P))",
        """dS = (P - Y) / m
        dWo = dS @ H.T
        dbo = sum(dS, 1)
        dH = Wo.T @ dS
        dZ = dH * (1 - H**2)
        dWu = dZ @ U.T
        dWv = dZ @ V.T
        db = sum(dZ, 1)
        dU = Wu.T @ dZ
        dV = Wv.T @ dZ""",
    ),
    Network(
        "joined branches",
        "U d p m; V d q m; Wa W h p; Wb W k q; W W c h+k; b b c 1; Y d c m",
        """A = tanh(Wa @ U)
        B = relu(Wb @ V)
        C = stack(A, B, 0)
        Z = W @ C + b""",
        "1/(2*m) * total((Z - Y)**2)",
        """dZ = (Z - Y) / m
        dW = dZ @ C.T
        db = sum(dZ, 1)
        dC = W.T @ dZ
        dA = dC[:h]
        dB = dC[h:]
        dWa = (dA * (1 - A**2)) @ U.T
        dWb = (dB * (B > 0)) @ V.T""",
    ),
    Network(
        "two heads",
        "X d n0 m; W1 W n1 n0; b1 b n1 1; Wp W p n1; bp b p 1; Wq W q n1; bq b q 1; Yp d p m; Yq d q m",
        """Z1 = W1 @ X + b1
        A1 = tanh(Z1)
        Zp = Wp @ A1 + bp
        Zq = Wq @ A1 + bq""",
        "1/(2*m) * total((Zp - Yp)**2) + 1/(2*m) * total((Zq - Yq)**2)",
        """dZp = (Zp - Yp) / m
        dZq = (Zq - Yq) / m
        dWp = dZp @ A1.T
        dbp = sum(dZp, 1)
        dWq = dZq @ A1.T
        dbq = sum(dZq, 1)
        dA1 = Wp.T @ dZp + Wq.T @ dZq
        dZ1 = dA1 * tanh_prime(Z1)
        dW1 = dZ1 @ X.T
        db1 = sum(dZ1, 1)""",
    ),
    Network(
        "bilinear",
        "U d p m; V d q k; M c p q; T c m k",
        "S = U.T @ M @ V",
        "total((S - T)**2) / 2",
        """dS = S - T
        dM = U @ dS @ V.T
        dU = M @ V @ dS.T
        dV = M.T @ U @ dS""",
        fixed=("S",),
        layouts=(COLUMNS, ROWS),
        examples="",
    ),
    Network(
        "matrix factorization",
        "U c n k; V c p k; R c n p; lam s",
        """R_hat = U @ V.T
        E = R_hat - R""",
        "total(E**2) / 2 + lam/2 * total(U**2) + lam/2 * total(V**2)",
        """dU = E @ V + lam * U
        dV = E.T @ U + lam * V""",
        fixed=("R_hat", "E"),
        layouts=(COLUMNS,),
        examples="",
    ),
    Network(
        "gated unit",
        "X d n m; Wa W k n; ba b k 1; Wg W k n; bg b k 1; dH d k m",
        """A = Wa @ X + ba
        G = sigmoid(Wg @ X + bg)
        H = A * G""",
        "total(dH * H)",
        """dA = dH * G
        dG = dH * A
        dWa = dA @ X.T
        dba = sum(dA, 1)
        dWg = (dG * G * (1 - G)) @ X.T
        dbg = sum(dG * G * (1 - G), 1)
        dX = Wa.T @ dA + Wg.T @ (dG * G * (1 - G))""",
        upstream=("dH",),
    ),
    Network(
        "low-rank adapter",
        "X d n m; W W k n; B W k r; A W r n; T d k m",
        """H = A @ X
        Y = W @ X + B @ H""",
        "1/(2*m) * total((Y - T)**2)",
        """dY = (Y - T) / m
        dB = dY @ H.T
        dH = B.T @ dY
        dA = dH @ X.T
        dX = W.T @ dY + A.T @ dH""",
    ),
)
